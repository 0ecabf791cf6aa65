import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createLifecycle, silentLogger } from '@avito-autoreply/runtime';
import { listen } from '@avito-autoreply/runtime/http';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang-up';
type Rule = (call: { method: string; path: string; body: string }) => Answer | undefined;

const chat = {
  id: 'u2i-1~a',
  created: 1_795_333_000,
  updated: 1_795_333_261,
  context: { type: 'item', value: { id: 7_632_548_911, title: 'Велосипед', price_string: '15 000 ₽' } },
  users: [{ id: 287_654_321, name: 'Анна' }],
};
const item = { id: 7_632_548_911, title: 'Велосипед', price: 15_000, status: 'active', url: null };
const message = {
  id: 'm1',
  author_id: 287_654_321,
  created: 1_795_333_261,
  direction: 'in',
  type: 'text',
  content: { text: 'Ещё продаёте?' },
};

/** A throw-away Avito on a free port: enough of it for the management API, and refusals on demand. */
export async function startAvitoStandIn({ accountId }: { accountId: number }) {
  let urls: string[] = [];
  let rule: Rule = () => undefined;
  const calls: string[] = [];
  const sent: string[] = [];

  const answer = ({ method, path, body }: Parameters<Rule>[0]): Answer => {
    const route = `${method} ${path.replace(/\?.*/, '')}`;
    if (route === 'POST /token') {
      const isConsent = body.includes('authorization_code') || body.includes('refresh_token');
      return {
        status: 200,
        body: {
          access_token: 'token',
          expires_in: 86_400,
          token_type: 'Bearer',
          ...(isConsent ? { refresh_token: 'refresh' } : {}),
        },
      };
    }
    if (route === 'POST /messenger/v1/subscriptions') {
      return { status: 200, body: { subscriptions: urls.map((url) => ({ url, version: '3' })) } };
    }
    if (route === 'POST /messenger/v3/webhook') urls = [...urls, (JSON.parse(body) as { url: string }).url];
    if (route === 'POST /messenger/v1/webhook/unsubscribe') {
      urls = urls.filter((url) => url !== (JSON.parse(body) as { url: string }).url);
    }
    if (route === 'GET /core/v1/accounts/self') return { status: 200, body: { id: accountId } };
    if (route === 'GET /core/v1/items') return { status: 200, body: { resources: [item] } };
    if (route.endsWith('/getVoiceFiles')) {
      return { status: 200, body: { voices_urls: { v1: 'https://voice.example/v1.mp4' } } };
    }
    if (route.endsWith('/uploadImages')) return { status: 200, body: { 'image-1': {} } };
    if (route.endsWith('/messages/image')) {
      return { status: 200, body: { id: 'sent-image', created: 1_795_333_300, type: 'image' } };
    }
    if (/^GET .*\/chats\/[^/]+$/.test(route)) return { status: 200, body: chat };
    if (route.endsWith('/chats')) return { status: 200, body: { chats: [chat] } };
    if (route.startsWith('GET ') && route.endsWith('/messages/')) {
      return { status: 200, body: { messages: [message], meta: { has_more: false } } };
    }
    if (route.endsWith('/messages')) {
      sent.push(body);
      return {
        status: 200,
        body: { id: `sent-${sent.length}`, created: 1_795_333_300, direction: 'out', type: 'text' },
      };
    }
    return { status: 200, body: { ok: true } };
  };

  const serve = async (request: IncomingMessage): Promise<Answer> => {
    const call = { method: request.method ?? '', path: request.url ?? '', body: await text(request) };
    calls.push(`${call.method} ${call.path}`);
    return rule(call) ?? answer(call);
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = await serve(request);
    if (given === 'hang-up') {
      request.socket.destroy();
      return;
    }
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
    response.end(JSON.stringify(given.body ?? {}));
  };

  const lifecycle = createLifecycle({ logger: silentLogger });
  const { port } = await listen({
    app: (request, response) => {
      void respond(request, response);
    },
    name: 'avito stand-in',
    port: 0,
    lifecycle,
  });
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    calls,
    sent,
    subscriptions: () => urls,
    subscribe: (...given: string[]) => void (urls = given),
    /** Answers in the place of the usual answer, where it gives one. */
    answerWith: (given: Rule) => void (rule = given),
    close: () => lifecycle.shutdown('test is over'),
  };
}
