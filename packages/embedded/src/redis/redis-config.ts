export type RedisSettings = { port: number; folder: string; password: string };

/**
 * The configuration of our own Redis: on loopback, every write in the append-only file within a second, and nothing
 * ever evicted, since the keys are jobs. Redis 6 to 8 and Valkey take it.
 */
export function redisConfig({ port, folder, password }: RedisSettings): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${quoted(password)}`,
    `dir ${quoted(folder)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'logfile ""',
    '',
  ].join('\n');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
