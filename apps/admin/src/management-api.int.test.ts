import type { Queues } from '@avito-autoreply/queue';
import type { Answer, AnswerEngine, AnswerInput } from '@avito-autoreply/rag';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorAnswer } from './api/openapi.ts';
import type { Route } from './api/route.ts';
import { API_KEY } from './testing/admin-server.ts';
import { embedderOf, setUp } from './testing/fixture.ts';
import { storeAnswering, storeDraft, storeMessage } from './testing/stored-chats.ts';

const delivery = (accountId: number) => ({
  accountId,
  sourceKey: 'folder/delivery.md',
  title: 'Доставка',
  contentHash: 'hash',
  chunks: [
    {
      heading: 'Доставка > Казань',
      question: null,
      content: 'Доставка по Казани стоит 500 рублей.',
      searchText: 'доставка казань доставка по казани стоит 500 рублей',
    },
  ],
});

/** As the route gives it. */
async function exportOf({ url }: { url: string }): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { authorization: `Bearer ${API_KEY}` };
  return new Uint8Array(await (await fetch(`${url}/api/v1/knowledge/export`, { headers })).arrayBuffer());
}

/** A job whose payload nobody can work on. Its id. */
async function failedJob(queues: Queues): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const nothing = async () => {};
  const processors = await queues.startProcessors({
    handlers: {
      takeInEvent: nothing,
      composeReply: nothing,
      sendReply: nothing,
      sweep: nothing,
      poll: nothing,
      purge: nothing,
      refreshKnowledge: nothing,
      rebuildSpaces: nothing,
      checkAccess: nothing,
    },
    concurrency: { 'webhook-events': 1, replies: 1, sends: 1, knowledge: 1, maintenance: 1 },
    onFailed: ({ jobId }) => resolve(jobId),
  });
  const replies = queues.boardQueues().find(({ name }) => name.endsWith('replies'));
  await replies?.add('compose-reply', { chatId: 'c1' }, { jobId: crypto.randomUUID() });
  const jobId = await promise;
  await processors.drain();
  return jobId;
}

/** The most bytes that a route takes. */
function largestBody({ upload, maxBody = '64kb' }: Route): number {
  const [, count, unit] = /^(\d+)(kb|mb)$/.exec(maxBody) ?? [];
  return upload?.maxBytes ?? Number(count) * (unit === 'mb' ? 1_024 ** 2 : 1_024);
}

const pathOf = (route: Route) => route.path.replaceAll(/\{\w+\}/g, 'x');

describe('every route', () => {
  test('is closed without the key and with a wrong one', async () => {
    const { call, routes } = await setUp();
    for (const route of routes) {
      const method = route.method.toUpperCase();
      const anonymous = await call(pathOf(route), { method, headers: { authorization: '' } });
      expect(anonymous).toMatchObject({ status: 401, body: { error: { code: 'auth.required' } } });
      const wrong = await call(pathOf(route), { method, headers: { authorization: 'Bearer wrong' } });
      expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'auth.wrong-key' } } });
      expect(wrong.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('leaves time for the largest of its bodies over a line of 3 Mbit/s', async () => {
    const { routes, requestMs } = await setUp();
    for (const route of routes) {
      expect((largestBody(route) * 8) / (requestMs / 1_000)).toBeLessThan(3_000_000);
    }
  });

  test('refuses what it does not know, in the one shape', async () => {
    const { call, routes } = await setUp();
    for (const route of routes) {
      const method = route.method.toUpperCase();
      const unknownQuery = await call(`${pathOf(route)}?surprise=1`, { method });
      expect(unknownQuery).toMatchObject({ status: 400, body: { error: { code: 'request.invalid' } } });
      const otherMethod = await call(pathOf(route), { method: 'PATCH' });
      expect(otherMethod).toMatchObject({
        status: 405,
        body: { error: { code: 'http.method-not-allowed' } },
      });
      expect(otherMethod.headers.get('allow')).toContain(method);
      errorAnswer.parse(otherMethod.body);
    }
  });

  test('that takes a body refuses bad ones', async () => {
    const { call, routes } = await setUp();
    const answers = new Set<string>();
    for (const route of routes.filter((candidate) => candidate.body !== undefined)) {
      const send = async (body: string, headers: Record<string, string> = {}) => {
        const {
          status,
          body: answer,
          text,
        } = await call(pathOf(route), {
          method: route.method.toUpperCase(),
          body,
          headers,
        });
        expect(text).not.toContain('node_modules');
        answers.add(`${status} ${errorAnswer.parse(answer).error.code}`);
      };
      await send('{"question":');
      await send('null');
      await send('[]');
      await send('{"surprise":1}');
      await send('{"question":"\\u0000","text":"\\u0000"}');
      await send('{}', { 'content-type': 'text/plain' });
      await send('{}', { 'content-encoding': 'gzip' });
      await send(`{"text":"${'a'.repeat(70_000)}"}`);
    }
    expect([...answers].toSorted()).toEqual([
      '400 http.not-json',
      '400 request.invalid',
      '413 http.body-too-large',
      '415 http.unsupported-encoding',
      '415 http.unsupported-media-type',
    ]);
  });

  test('answers as its schema in the documentation says', async () => {
    const fixture = await setUp({ grant: 'consent', embedder: embedderOf('new-model|native|none') });
    const { call, routes, accountId, repositories, documents, queues } = fixture;
    const begin = async () =>
      z.object({ state: z.string() }).parse((await call('/api/v1/avito/connection')).body);
    await call('/api/v1/avito/connection', { method: 'POST', body: { code: 'once', ...(await begin()) } });
    const jobId = await failedJob(queues);
    await storeMessage(repositories, { accountId, chatId: 'u2i-1~a', messageId: `m-${accountId}` });
    await storeMessage(repositories, { accountId, chatId: 'u2i-2~a', messageId: `m-2-${accountId}` });
    const draftIds = [
      await storeDraft(repositories, { accountId, chatId: 'u2i-3~a' }),
      await storeDraft(repositories, { accountId, chatId: 'u2i-4~a' }),
    ];
    const { gapIds, pairId } = await storeAnswering(repositories, { accountId, replyIds: draftIds });
    const pair = { question: 'Парковка есть?', answer: 'Да.' };
    await repositories.events.keepUnrecognized({
      eventKey: `e-${accountId}`,
      accountId,
      reason: 'odd',
      body: { odd: true },
    });
    await repositories.alerts.raise({ accountId, kind: 'odd', message: 'Странно.', details: { odd: true } });
    const space = `model-${accountId}|native|none`;
    const idleSpace = `idle-${accountId}|native|none`;
    await documents.replace({
      ...delivery(accountId),
      space: { key: idleSpace, model: 'idle', dimensions: 1 },
    });
    await documents.replace({ ...delivery(accountId), space: { key: space, model: 'model', dimensions: 1 } });
    const asked: Record<string, [path: string, body?: unknown, type?: string]> = {
      listAccounts: ['/api/v1/accounts'],
      getWebhookStatus: ['/api/v1/avito/webhook/status'],
      registerWebhook: [
        '/api/v1/avito/webhook/register',
        { webhook_url: 'https://shop.example', skip_probe: true },
      ],
      unregisterWebhook: ['/api/v1/avito/webhook/unregister'],
      listAlerts: ['/api/v1/alerts'],
      listSpend: ['/api/v1/spend'],
      listAvitoChats: ['/api/v1/avito/chats?limit=1'],
      listAvitoMessages: ['/api/v1/avito/chats/u2i-1~a/messages'],
      sendAvitoMessage: ['/api/v1/avito/chats/u2i-1~a/messages', { text: 'Да' }],
      getAvitoChat: ['/api/v1/avito/chats/u2i-1~a'],
      markAvitoChatRead: ['/api/v1/avito/chats/u2i-1~a/read'],
      sendAvitoImage: ['/api/v1/avito/chats/u2i-1~a/images', 'GIF89a', 'image/gif'],
      deleteAvitoMessage: ['/api/v1/avito/chats/u2i-1~a/messages/m1'],
      getAvitoVoiceUrls: ['/api/v1/avito/voice-urls?voice_ids=v1,v2'],
      listAvitoItems: ['/api/v1/avito/items?status=active,old'],
      blacklistAvitoBuyer: ['/api/v1/avito/blacklist', { buyer_id: 7, reason: 'spam' }],
      getAvitoConnection: ['/api/v1/avito/connection'],
      connectAvitoAccount: ['/api/v1/avito/connection', { code: 'again', ...(await begin()) }],
      listChats: ['/api/v1/chats'],
      pauseChat: ['/api/v1/chats/u2i-1~a/pause'],
      resumeChat: ['/api/v1/chats/u2i-1~a/resume', {}],
      setChatReplyMode: ['/api/v1/chats/u2i-1~a/reply-mode', { reply_mode: 'draft' }],
      listDrafts: ['/api/v1/replies/drafts'],
      sendDraft: [`/api/v1/replies/${draftIds[0]}/send`, {}],
      discardDraft: [`/api/v1/replies/${draftIds[1]}/discard`],
      listUnansweredMessages: ['/api/v1/messages/unanswered'],
      answerMessage: [`/api/v1/messages/m-${accountId}/answer`],
      dismissMessage: [`/api/v1/messages/m-2-${accountId}/dismiss`],
      listHeldMessages: ['/api/v1/messages/held'],
      listUnrecognizedEvents: ['/api/v1/events/unrecognized'],
      listFailedJobs: ['/api/v1/jobs/failed'],
      retryFailedJob: [`/api/v1/jobs/failed/replies/${jobId}/retry`],
      answerQuestion: ['/api/v1/answers', { question: 'Доставка?', chat_id: 'u2i-1~a' }],
      listReplies: ['/api/v1/replies?limit=1'],
      explainReply: [`/api/v1/replies/${draftIds[0]}/why`],
      listGaps: ['/api/v1/gaps'],
      answerGap: [`/api/v1/gaps/${gapIds[0]}/answer`, { answer: 'Да.' }],
      dismissGap: [`/api/v1/gaps/${gapIds[1]}/dismiss`],
      listApprovedAnswers: ['/api/v1/approved-answers?q=да'],
      addApprovedAnswer: ['/api/v1/approved-answers', pair],
      importApprovedAnswers: [
        '/api/v1/approved-answers/import',
        'question,answer\nГде вы?,Тут\n',
        'text/csv',
      ],
      exportApprovedAnswers: ['/api/v1/approved-answers/export'],
      changeApprovedAnswer: [
        `/api/v1/approved-answers/${pairId}`,
        { question: 'Чек дадите?', answer: 'Да.' },
      ],
      removeApprovedAnswer: [`/api/v1/approved-answers/${pairId}`],
      getAnswerSettings: ['/api/v1/answering/settings'],
      publishAnswerSettings: ['/api/v1/answering/settings', { settings: {}, base_version: null }],
      listAnswerSettings: ['/api/v1/answering/settings/versions'],
      rollBackAnswerSettings: ['/api/v1/answering/settings/rollback', { version: 1 }],
      previewAnswerSettings: [
        '/api/v1/answering/settings/preview',
        { settings: {}, questions: ['Доставка?'] },
      ],
      listDocuments: ['/api/v1/knowledge/documents'],
      searchKnowledge: ['/api/v1/knowledge/search?q=доставка'],
      addDocument: ['/api/v1/knowledge/documents', { file_name: 'a.md', text: '# Оплата\n\nКарта.' }],
      listSources: ['/api/v1/knowledge/sources'],
      addSource: ['/api/v1/knowledge/sources', { url: 'https://shop.example/delivery', every_hours: 24 }],
      removeSource: [`/api/v1/knowledge/sources/${encodeURIComponent('https://shop.example/delivery')}`],
      reportKnowledge: ['/api/v1/knowledge/report'],
      listEmbeddingSpaces: ['/api/v1/knowledge/spaces'],
      switchEmbeddingSpace: ['/api/v1/knowledge/spaces/switch', { space }],
      rebuildEmbeddingSpace: ['/api/v1/knowledge/spaces/rebuild', {}],
      dropEmbeddingSpace: [`/api/v1/knowledge/spaces/${encodeURIComponent(idleSpace)}`],
      exportKnowledge: ['/api/v1/knowledge/export'],
      importKnowledge: ['/api/v1/knowledge/import', await exportOf(fixture), 'application/zip'],
      removeDocument: ['/api/v1/knowledge/documents/folder%2Fdelivery.md'],
      erase: ['/api/v1/erasures', { chat_id: 'u2i-9~a' }],
    };
    expect(Object.keys(asked).toSorted()).toEqual(routes.map((route) => route.operationId).toSorted());
    for (const route of routes) {
      const [path = '', body, type] = asked[route.operationId] ?? [];
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      const answer = await call(path, { method: route.method.toUpperCase(), body, headers });
      expect(answer, `${route.operationId}: ${answer.text}`).toMatchObject({ status: 200 });
      if (route.download === undefined) route.response.parse(answer.body);
      else expect(answer.headers.get('content-type')).toBe(route.download.type);
    }
  });
});

test('whatever goes wrong before a route is found has the one shape as well', async () => {
  const { call, url } = await setUp();
  const codeOf = async (path: string, init?: Parameters<typeof call>[1]) => {
    const { status, body } = await call(path, init);
    return [status, errorAnswer.parse(body).error.code];
  };
  expect(await codeOf('/api/v1/nothing')).toEqual([404, 'http.not-found']);
  expect(await codeOf('/nothing', { method: 'POST', body: '{' })).toEqual([404, 'http.not-found']);
  expect(await codeOf('/api/v1/avito/chats/%E0%A4%A')).toEqual([400, 'http.bad-url']);
  expect(await codeOf('/api/v1/chats?limit=abc&offset=-1')).toEqual([400, 'request.invalid']);
  const anonymous = await fetch(`${url}/api/v1/nothing`);
  expect([anonymous.status, errorAnswer.parse(await anonymous.json()).error.code]).toEqual([
    401,
    'auth.required',
  ]);
});

test('a path that the database could not even look for is refused', async () => {
  const { call } = await setUp();
  for (const path of ['%00', '%20', 'x'.repeat(201)]) {
    const answer = await call(`/api/v1/chats/${path}/pause`, { method: 'POST' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'request.invalid' } } });
  }
  expect(await call('/api/v1/chats/%ff/pause', { method: 'POST' })).toMatchObject({
    status: 400,
    body: { error: { code: 'http.bad-url' } },
  });
});

describe('accounts', () => {
  test('one must be named when there are several', async () => {
    const { call, accountIds } = await setUp({ accounts: 2 });
    const [first, second] = accountIds;
    expect(await call('/api/v1/chats')).toMatchObject({
      status: 400,
      body: { error: { code: 'account.required', message: expect.stringContaining(`${first}, ${second}`) } },
    });
    expect(await call(`/api/v1/chats?account_id=${second}`)).toMatchObject({
      status: 200,
      body: { account_id: second },
    });
    const paused = (body: unknown, query = '') =>
      call(`/api/v1/chats/c1/pause${query}`, { method: 'POST', body });
    expect(await paused({ account_id: second })).toMatchObject({ body: { error: { code: 'chat.unknown' } } });
    expect(await paused({ account_id: second }, `?account_id=${first}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'account.contradiction' } },
    });
    expect(await paused({ account_id: 5 })).toMatchObject({ body: { error: { code: 'account.unknown' } } });
  });
});

describe('answers', () => {
  test('for a chat are made of what we know of it', async () => {
    const asked: AnswerInput[] = [];
    const engine = {
      generateAnswer: async (input: AnswerInput): Promise<Answer> => {
        asked.push(input);
        return {
          text: 'Да',
          mode: 'static',
          action: 'handoff',
          reason: 'not-in-base',
          sources: [{ kind: 'item', title: 'Велосипед' }],
          usage: { inputTokens: 0, outputTokens: 0, embeddingTokens: 0, calls: [], cost: 0 },
          timings: { approved: 0, rewrite: 0, retrieve: 0, generate: 0, gate: 0, total: 0 },
          trace: { settingsVersion: null, promptVersion: 'p1', words: [], candidates: [], attempts: [] },
        };
      },
    };
    const { call, repositories, accountId } = await setUp({ engine });
    const item = { id: 5, title: 'Велосипед', priceString: '15 000 ₽', url: null, location: null };
    await repositories.chats.describeChat({ accountId, chatId: 'c1', itemId: 5, item });
    const ask = async (body: object) =>
      (await call('/api/v1/answers', { method: 'POST', body: { question: 'Цена?', ...body } })).body;
    expect(await ask({ chat_id: 'c1' })).toMatchObject({
      context: { chat: 'known', history_messages: 0, item_id: 5 },
      reason: 'not-in-base',
      usage: { model: null },
    });
    expect(await ask({ chat_id: 'c1', item_id: 6 })).toMatchObject({ context: { item_id: 6 } });
    expect(await ask({ chat_id: 'c2' })).toMatchObject({ context: { chat: 'unknown', item_id: null } });
    expect(await ask({})).toMatchObject({ context: { chat: 'none' } });
    const known = { title: 'Велосипед', price: '15 000 ₽', url: undefined };
    expect(asked.map((input) => input.item)).toEqual([known, null, null, null]);
  });

  test('tell what the check of facts said of each text of a model, as a stored reply does', async () => {
    const gate = {
      problems: [{ kind: 'number' as const, value: '300 рублей' }, { kind: 'no-source' as const }],
      checked: { numbers: 1, dates: 0, contacts: 0, sources: 0 },
    };
    const usage = { inputTokens: 1_000, outputTokens: 20 };
    const engine: AnswerEngine = {
      generateAnswer: async () => ({
        text: 'Передал ваш вопрос сотруднику.',
        mode: 'static',
        action: 'handoff',
        reason: 'gate-refused',
        sources: [],
        usage: { ...usage, model: 'second', embeddingTokens: 0, calls: [], cost: 0.5 },
        timings: { approved: 0, rewrite: 0, retrieve: 0, generate: 0, gate: 0, total: 0 },
        trace: {
          settingsVersion: null,
          promptVersion: 'p1',
          words: [],
          candidates: [],
          attempts: [
            { model: 'first', outcome: 'failed', usage, code: 'model.timeout' },
            { model: 'second', outcome: 'refused', usage, gate },
          ],
        },
      }),
    };
    const { call } = await setUp({ engine });
    const { body } = await call('/api/v1/answers', { method: 'POST', body: { question: 'Доставка?' } });
    expect(body['attempts']).toEqual([
      {
        model: 'first',
        outcome: 'failed',
        is_correction: false,
        is_partial: false,
        code: 'model.timeout',
        gate: null,
      },
      {
        model: 'second',
        outcome: 'refused',
        is_correction: false,
        is_partial: false,
        code: null,
        gate: {
          problems: [
            { kind: 'number', value: '300 рублей', text: 'числа «300 рублей» нет в источниках' },
            { kind: 'no-source', value: null, text: 'модель не назвала ни одного источника' },
          ],
          checked: gate.checked,
        },
      },
    ]);
    expect(body['lines']).toEqual(
      expect.arrayContaining([
        'Покупатель спросил: «Доставка?».',
        'Модель second ответила, но проверка не пропустила ответ:',
        '  – числа «300 рублей» нет в источниках',
        'Чат был бы передан человеку.',
        expect.stringMatching(/^Стоимость: 0,5.* RUB/),
        'Это проба: покупателю ничего не отправлено.',
      ]),
    );
  });

  test('quote the knowledge base, and say where from', async () => {
    const { call, documents, accountId } = await setUp();
    await documents.replace(delivery(accountId));
    const { body } = await call('/api/v1/answers', {
      method: 'POST',
      body: { question: 'Сколько стоит доставка по Казани?' },
    });
    expect(body).toMatchObject({
      mode: 'extractive',
      action: 'answer',
      text: expect.stringContaining('500 рублей'),
      sources: [{ kind: 'knowledge', document_id: 'folder/delivery.md' }],
    });
  });
});

test('a document that is not there cannot be removed', async () => {
  const { call } = await setUp();
  expect(await call('/api/v1/knowledge/documents/nothing.md', { method: 'DELETE' })).toMatchObject({
    status: 404,
    body: { error: { code: 'knowledge.unknown-document' } },
  });
});

describe('chats', () => {
  test('a paused chat is in the list of those with a person, a resumed one is not', async () => {
    const { call, repositories, accountId } = await setUp();
    await repositories.chats.describeChat({ accountId, chatId: 'u2i-1~a', buyerName: 'Анна' });
    const withPerson = async () => (await call('/api/v1/chats?mode=human')).body['chats'];
    await call('/api/v1/chats/u2i-1~a/pause', { method: 'POST' });
    expect(await withPerson()).toMatchObject([{ chat_id: 'u2i-1~a', buyer_name: 'Анна', mode: 'human' }]);
    await call('/api/v1/chats/u2i-1~a/resume', { method: 'POST' });
    expect(await withPerson()).toEqual([]);
  });
});
