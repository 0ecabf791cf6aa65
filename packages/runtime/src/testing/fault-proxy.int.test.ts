import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFaultProxy } from './fault-proxy.ts';

/** A server that answers every line with itself, and what it has heard. */
async function startEcho() {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      heard.push(chunk.toString());
      socket.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, heard, url: `http://127.0.0.1:${port}/path` };
}

async function setUp() {
  const echo = await startEcho();
  const proxy = await createFaultProxy({ targetUrl: echo.url });
  onTestFinished(() => proxy.close());
  const open = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  return { echo, proxy, open };
}

const answer = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);
const ended = (socket: Socket): Promise<unknown> =>
  socket.destroyed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));

test('a sound link passes both ways under the URL of the target', async () => {
  const { proxy, open } = await setUp();
  expect(new URL(proxy.url)).toMatchObject({ pathname: '/path', port: String(proxy.port) });
  const socket = await open();
  socket.write('hello');
  expect(await answer(socket)).toBe('hello');
});

test('latency delays each way and keeps the order', async () => {
  const { proxy, open } = await setUp();
  proxy.fault({ kind: 'latency', ms: 40, jitterMs: 40 });
  const socket = await open();
  const begun = Date.now();
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  for (const digit of '0123456789') {
    socket.write(digit);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => text).toBe('0123456789');
  // A lower bound is no race: nothing can arrive before its time.
  expect(Date.now() - begun).toBeGreaterThanOrEqual(79);
});

test('a narrow link takes as long as its bytes need', async () => {
  const { proxy, open } = await setUp();
  proxy.fault({ kind: 'bandwidth', bytesPerSecond: 50_000 });
  const socket = await open();
  const begun = Date.now();
  let bytes = 0;
  socket.on('data', (chunk) => (bytes += chunk.length));
  socket.write(Buffer.alloc(10_000, 'x'));
  await expect.poll(() => bytes).toBe(10_000);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(190);
});

test('a black hole swallows without a word; once healed, connections that lost something are dropped', async () => {
  const { echo, proxy, open } = await setUp();
  const socket = await open();
  socket.write('one');
  await answer(socket);
  proxy.fault({ kind: 'black-hole' });
  socket.write('two');
  const another = await open();
  another.write('three');
  await new Promise((resolve) => socket.write('', resolve));
  await proxy.heal();
  await ended(socket);
  expect(echo.heard).toEqual(['one']);
  const fresh = await open();
  fresh.write('four');
  expect(await answer(fresh)).toBe('four');
});

test('on a half-open link the request takes effect and its answer is lost', async () => {
  const { echo, proxy, open } = await setUp();
  const socket = await open();
  proxy.fault({ kind: 'half-open' });
  socket.write('pay');
  await expect.poll(() => echo.heard).toEqual(['pay']);
  await proxy.heal();
  await ended(socket);
  expect(socket.bytesRead).toBe(0);
});

test('a reset ends what is open with an error and lets new connections in', async () => {
  const { proxy, open } = await setUp();
  const socket = await open();
  socket.write('x');
  await answer(socket);
  const failed = once(socket, 'error').catch((error: unknown) => [error]);
  proxy.reset();
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  const fresh = await open();
  fresh.write('y');
  expect(await answer(fresh)).toBe('y');
});

test('a cut link refuses, and after healing leads to where the server has moved', async () => {
  const { proxy, open } = await setUp();
  const elsewhere = await startEcho();
  await proxy.cut();
  const refused = connect(proxy.port, '127.0.0.1');
  const [error] = await new Promise<[unknown]>((resolve) =>
    refused.once('error', (cause) => resolve([cause])),
  );
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  proxy.moveTo(elsewhere);
  await proxy.heal();
  const socket = await open();
  socket.write('moved');
  expect(await answer(socket)).toBe('moved');
  expect(elsewhere.heard).toEqual(['moved']);
});

test('connections that are forgotten swallow everything, new ones are sound', async () => {
  const { echo, proxy, open } = await setUp();
  const socket = await open();
  socket.write('one');
  await answer(socket);
  proxy.forget();
  socket.write('two');
  const fresh = await open();
  fresh.write('three');
  expect(await answer(fresh)).toBe('three');
  expect(echo.heard).toEqual(['one', 'three']);
});
