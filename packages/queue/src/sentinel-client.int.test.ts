import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { silentLogger } from '@avito-autoreply/runtime';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { boundedOptions, openRedis } from './redis-connection.ts';

/** Answers each command of the Redis protocol by what `answer` gives, in order. */
async function startServer(answer: (command: string[], socket: Socket) => string | Promise<string>) {
  const sockets = new Set<Socket>();
  const answerAfter = async (before: Promise<void>, command: string[], socket: Socket): Promise<void> => {
    await before;
    socket.write(await answer(command, socket));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    let done = Promise.resolve();
    socket.on('error', () => {});
    socket.on('data', (data) => {
      for (const command of parseCommands(data.toString())) {
        done = answerAfter(done, command, socket);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

/** Commands as ioredis writes them: each whole, as an array of strings. */
const parseCommands = (data: string): string[][] =>
  data
    .split(/^\*\d+\r\n/mu)
    .slice(1)
    .map((command) => [...command.matchAll(/\$\d+\r\n([^\r]*)\r\n/gu)].map(([, word = '']) => word));

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;
const array = (...items: string[]) => `*${items.length}\r\n${items.join('')}`;
/** What is told without being asked, as version 3 of the protocol has it. */
const push = (...items: string[]) => array(...items).replace('*', '>');

test('news of a failover while a sentinel is asked for the master ends no client', async () => {
  const master = await startServer(([name = '']) => {
    if (name.toLowerCase() === 'info') return bulk('role:master\r\nloading:0\r\n');
    return name.toLowerCase() === 'ping' ? '+PONG\r\n' : '+OK\r\n';
  });
  let asked = 0;
  let listener: Socket | undefined;
  const address = array(bulk('127.0.0.1'), bulk(String(master.port)));
  const sentinel = await startServer(async ([name = '', what], socket) => {
    if (name.toLowerCase() === 'subscribe') {
      listener = socket;
      return push(bulk('subscribe'), bulk('+switch-master'), ':1\r\n');
    }
    if (what !== 'get-master-addr-by-name') return what === 'sentinels' ? array() : '+OK\r\n';
    asked += 1;
    if (asked === 2 && listener !== undefined) {
      // The client stops listening when it has heard.
      const heard = once(listener, 'close');
      listener.write(push(bulk('message'), bulk('+switch-master'), bulk('main')));
      await heard;
    }
    return address;
  });
  const redis = openRedis({
    url: `redis-sentinel://127.0.0.1:${sentinel.port}/main`,
    options: boundedOptions(5_000),
    logger: silentLogger,
  });
  onTestFinished(() => redis.disconnect());
  if (!(redis instanceof Redis)) throw new TypeError('one server was expected');
  const ready = () => new Promise((resolve) => redis.once('ready', resolve));
  await ready();
  await expect.poll(() => listener).toBeDefined();

  const back = ready();
  for (const socket of master.sockets) socket.destroy();
  await back;

  expect(await redis.ping()).toBe('PONG');
  expect(asked).toBe(3);
});

test('a client that was closed while a sentinel is asked stays closed', async () => {
  let release = () => {};
  const asked = new Promise<void>((resolve) => {
    release = resolve;
  });
  let questions = 0;
  const sentinel = await startServer(async ([name = ''], socket) => {
    if (name.toLowerCase() !== 'sentinel') return '+OK\r\n';
    questions += 1;
    release();
    await once(socket, 'close');
    return '';
  });
  const redis = openRedis({
    url: `redis-sentinel://127.0.0.1:${sentinel.port}/main`,
    options: boundedOptions(1_000),
    logger: silentLogger,
  });
  await asked;
  redis.disconnect();
  for (const socket of sentinel.sockets) socket.destroy();
  await once(redis, 'end');
  expect(questions).toBe(1);
});
