import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import tls from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createAvitoClient } from '../client.ts';
import { certificate } from '../testing/certificate.ts';
import { CHAT_ID, USER_ID } from '../testing/examples.ts';

const hello = { userId: USER_ID, chatId: CHAT_ID, text: 'Да, продаём' };
const tooLate = { outcome: 'not-sent', error: { code: 'avito.too-late', isRetryable: true } };
const clientAt = (baseUrl: string, timeoutMs = 5_000) =>
  createAvitoClient({
    baseUrl,
    tokens: { getToken: async () => 'token', invalidate: () => {} },
    timeoutMs,
  });

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Speaks TLS and keeps what it is told, deciphered. `closed` resolves when the first connection is over. */
async function startListener() {
  const received: Buffer[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const server = tls.createServer(certificate, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => received.push(bytes));
  });
  server.on('connection', (socket: net.Socket) => socket.once('close', () => resolve()));
  return { baseUrl: `https://127.0.0.1:${await listen(server)}`, received, closed };
}

async function startAvito() {
  const texts: string[] = [];
  const server = https.createServer(certificate, (request, response) => {
    texts.push(request.url ?? '');
    request.resume().once('end', () => response.end('{"id":"m1"}'));
  });
  onTestFinished(() => server.closeAllConnections());
  return { port: await listen(server), texts };
}

// For the process of this file only.
beforeAll(() => tls.setDefaultCACertificates([certificate.cert]));

describe('over TLS a text', () => {
  test('leaves when it may, and that is asked once', async () => {
    const { port, texts } = await startAvito();
    let asked = 0;
    const mayLeave = () => (asked += 1) > 0;
    const outcome = await clientAt(`https://127.0.0.1:${port}`).sendText({ ...hello, mayLeave });
    expect(outcome).toMatchObject({ outcome: 'sent', messageId: 'm1' });
    expect(texts).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('whose time is over when the handshake ends does not leave: not one byte is written', async () => {
    const { baseUrl, received, closed } = await startListener();
    expect(await clientAt(baseUrl).sendText({ ...hello, mayLeave: () => false })).toMatchObject(tooLate);
    await closed;
    expect(received).toEqual([]);
  });

  test('is asked about only after the handshake', async () => {
    const mute = net.createServer();
    let asked = 0;
    const mayLeave = () => (asked += 1) > 0;
    const client = clientAt(`https://127.0.0.1:${await listen(mute)}`, 200);
    expect(await client.sendText({ ...hello, mayLeave })).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'avito.timeout', requestMayHaveArrived: false },
    });
    expect(asked).toBe(0);
  });

  test('whose time is over does not leave over a connection that is kept alive', async () => {
    const { port, texts } = await startAvito();
    const client = clientAt(`https://127.0.0.1:${port}`);
    await client.sendText(hello);
    expect(await client.sendText({ ...hello, mayLeave: () => false })).toMatchObject(tooLate);
    expect(texts).toHaveLength(1);
  });

  test('does not leave for a server whose certificate names another', async () => {
    const { port, texts } = await startAvito();
    expect(await clientAt(`https://localhost:${port}`).sendText(hello)).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'avito.unreachable', requestMayHaveArrived: false },
    });
    expect(texts).toEqual([]);
  });
});
