import { Redis, type RedisOptions } from 'ioredis';

type ClientOptions = Omit<RedisOptions, 'replyMapping'>;

const TRY_AGAIN_MS = 100;

/**
 * A client of a master behind sentinels that is open until somebody closes it. ioredis 6.0 ends a client for good where
 * the news of a failover comes in while it asks a sentinel for the master: after that it would refuse for ever.
 */
export function openSentinelClient(options: ClientOptions): Redis {
  const redis = new Redis(options);
  let isWanted = true;
  let isAsking = false;
  const disconnect = redis.disconnect.bind(redis);
  redis.disconnect = (reconnect = false) => {
    isWanted &&= reconnect;
    disconnect(reconnect);
  };
  redis.duplicate = (override?: ClientOptions) => openSentinelClient({ ...redis.options, ...override });
  redis.on('connecting', () => {
    isAsking = true;
  });
  for (const event of ['connect', 'close']) {
    redis.on(event, () => {
      isAsking = false;
    });
  }
  redis.on('end', () => {
    if (!isAsking) return;
    setTimeout(() => {
      // What goes wrong is told by the event „error“.
      if (isWanted) redis.connect().catch(() => {});
    }, TRY_AGAIN_MS);
  });
  return redis;
}
