import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

type Stored = { id: string; chatId: string; text: string; created: number; isDeleted: boolean };

const newMessage = z.object({ message: z.object({ text: z.string() }) });
const messagesPath = /^\/messenger\/v[13]\/accounts\/\d+\/chats\/([^/]+)\/messages(?:\/([^/]+))?\/?$/;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** The messages of an Avito on loopback: sending, history, deletion. For processes that share it. */
export async function startAvitoChats() {
  const stored: Stored[] = [];

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://avito.test');
    if (pathname === '/token') return { access_token: 'token', expires_in: 86_400, token_type: 'Bearer' };
    const [, chat = '', messageId] = messagesPath.exec(pathname) ?? [];
    const chatId = decodeURIComponent(chat);
    if (request.method === 'GET') {
      const messages = stored.filter((message) => message.chatId === chatId).toReversed();
      return {
        messages: messages.map(({ id, created, text, isDeleted }) => ({
          id,
          created,
          direction: 'out',
          type: isDeleted ? 'deleted' : 'text',
          content: isDeleted ? {} : { text },
        })),
        meta: { has_more: false },
      };
    }
    if (messageId !== undefined) {
      for (const message of stored) if (message.id === messageId) message.isDeleted = true;
      return {};
    }
    const { text } = newMessage.parse(JSON.parse(body)).message;
    const message = {
      id: crypto.randomUUID(),
      chatId,
      text,
      created: Math.floor(Date.now() / 1_000),
      isDeleted: false,
    };
    stored.push(message);
    return { id: message.id, created: message.created };
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.stringify(await answer(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
  const server = http.createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stored };
}
