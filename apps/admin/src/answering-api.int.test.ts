import { randomUUID } from 'node:crypto';
import { rowsXml, xlsxFile } from '@avito-autoreply/rag/testing';
import { expect, test } from 'vitest';
import { setUp } from './testing/fixture.ts';
import { storeUnanswered } from './testing/stored-chats.ts';

type Client = Awaited<ReturnType<typeof setUp>>;

const post = ({ call }: Client, path: string, body: unknown = {}) => call(path, { method: 'POST', body });
const put = ({ call }: Client, path: string, body: unknown) => call(path, { method: 'PUT', body });

const unanswered = ({ repositories, accountId }: Client, question: string) =>
  storeUnanswered(repositories, { accountId, chatId: `u2i-${randomUUID()}`, question });

test('settings are published, tried and taken back', async () => {
  const server = await setUp();
  const path = '/api/v1/answering/settings';
  expect((await server.call(path)).body).toMatchObject({
    current: null,
    default_texts: { greeting: expect.any(String) },
  });
  const greeting = { texts: { greeting: 'Добрый день, это «Спектр»!' } };
  const first = await put(server, path, { settings: greeting, base_version: null, author: 'Ольга' });
  expect(first.body).toMatchObject({ current: { version: 1, settings: greeting, author: 'Ольга' } });
  expect((await post(server, '/api/v1/answers', { question: 'Здравствуйте' })).body).toMatchObject({
    text: 'Добрый день, это «Спектр»!',
  });

  const proposed = { texts: { greeting: 'Хай!' } };
  const preview = await post(server, `${path}/preview`, { settings: proposed, questions: ['Здравствуйте'] });
  expect(preview.body).toMatchObject({
    answers: [
      {
        question: 'Здравствуйте',
        current: { text: 'Добрый день, это «Спектр»!' },
        proposed: { text: 'Хай!' },
      },
    ],
  });

  await put(server, path, { settings: proposed, base_version: 1 });
  const stale = await put(server, path, { settings: {}, base_version: 1 });
  expect(stale).toMatchObject({ status: 409, body: { error: { code: 'answering.settings-changed' } } });
  expect((await post(server, `${path}/rollback`, { version: 1 })).body).toMatchObject({
    current: { version: 3, restored_from: 1, settings: greeting },
  });
  expect((await post(server, `${path}/rollback`, { version: 8 })).status).toBe(404);
  expect((await server.call(`${path}/versions`)).body).toMatchObject({
    versions: [{ version: 3 }, { version: 2 }, { version: 1 }],
  });
});

test.each([
  [{ settings: { mood: 'весёлое' }, base_version: null }, 'mood'],
  [{ settings: { texts: { greeting: ' ' } }, base_version: null }, 'must not be empty'],
  [{ settings: {} }, 'base_version'],
])('settings that are none are refused: %#', async (body, problem) => {
  const { status, text } = await put(await setUp(), '/api/v1/answering/settings', body);
  expect(status).toBe(400);
  expect(text).toContain(problem);
});

test('an approved answer is there for the next question, and gone with its removal', async () => {
  const server = await setUp();
  const path = '/api/v1/approved-answers';
  const ask = async () => (await post(server, '/api/v1/answers', { question: 'парковка у вас есть?' })).body;
  const pair = { question: 'Парковка у вас есть?', answer: '**Да**, бесплатная.' };
  expect((await post(server, path, pair)).body).toMatchObject({ outcome: 'added' });
  expect((await post(server, path, pair)).body).toMatchObject({ outcome: 'unchanged' });
  expect(await ask()).toMatchObject({
    text: 'Да, бесплатная.',
    reason: 'approved-answer',
    sources: [{ kind: 'approved', question: pair.question }],
  });
  const { answers } = (await server.call(path)).body as { answers: { id: string }[] };
  const one = `${path}/${answers[0]?.id}`;
  expect((await put(server, one, { ...pair, answer: 'Уже нет.' })).body).toMatchObject({
    answer: { answer: 'Уже нет.' },
  });
  expect(await ask()).toMatchObject({ text: 'Уже нет.' });
  expect((await server.call(one, { method: 'DELETE' })).body).toMatchObject({ status: 'removed' });
  expect((await server.call(one, { method: 'DELETE' })).status).toBe(404);
  expect(await ask()).not.toMatchObject({ reason: 'approved-answer' });
  expect((await post(server, path, { ...pair, answer: '\u200B' })).body).toMatchObject({
    error: { code: 'answering.bad-pair' },
  });
  expect((await post(server, path, { question: 'Привет', answer: 'Да' })).body).toMatchObject({
    error: { code: 'answering.bad-pair' },
  });
});

test('approved answers leave as a file and come back as one', async () => {
  const server = await setUp();
  const path = '/api/v1/approved-answers';
  const upload = (body: string, type: string) =>
    server.call(`${path}/import`, { method: 'POST', body, headers: { 'content-type': type } });
  const csv = 'question,answer\nПарковка есть?,Да\nТрейд-ин есть?,"Да, есть"\n';
  expect((await upload(csv, 'text/csv')).body).toMatchObject({ added: 2, changed: 0 });
  const exported = (await server.call(`${path}/export?format=json`)).body as { content: string };
  expect(JSON.parse(exported.content)).toHaveLength(2);
  expect((await upload(exported.content, 'application/octet-stream')).body).toMatchObject({
    added: 0,
    unchanged: 2,
  });
  expect((await upload('question,answer\nПривет,Да\n', 'text/csv')).body).toMatchObject({
    error: { code: 'answering.bad-pair', message: expect.stringContaining('pair 1') },
  });
});

test('approved answers are taken from Excel, and a file that is none says what it is', async () => {
  const server = await setUp();
  const upload = (body: Uint8Array<ArrayBuffer>, type = 'application/octet-stream') =>
    server.call('/api/v1/approved-answers/import', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
  const rows = rowsXml([
    ['Вопрос', 'Ответ'],
    ['Парковка есть?', 'Да'],
  ]);
  const file = new Uint8Array(xlsxFile({ sheets: [{ rows }] }));
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect((await upload(file, type)).body).toMatchObject({ added: 1, warnings: [] });
  expect((await upload(file)).body).toMatchObject({ unchanged: 1 });
  expect(await upload(new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toMatchObject({
    status: 422,
    body: { error: { code: 'knowledge.is-old-office', message: expect.stringContaining('Сохраните его') } },
  });
});

test('an account that borrows its knowledge changes none of it', async () => {
  const server = await setUp({ accounts: 2, isLent: true });
  const account_id = server.accountIds[1];
  const pair = { question: 'Парковка есть?', answer: 'Да', account_id };
  expect(await post(server, '/api/v1/approved-answers', pair)).toMatchObject({
    status: 409,
    body: { error: { code: 'knowledge.lent' } },
  });
});

test('a gap is listed, shown on the start page, answered, and closed', async () => {
  const server = await setUp();
  for (const question of ['Есть трейд-ин?', 'трейд-ин есть', 'Гараж сдаёте?'])
    await unanswered(server, question);
  const listed = (await server.call('/api/v1/gaps')).body as { gaps: { gap_id: string; count: number }[] };
  expect(listed).toMatchObject({
    total: 2,
    is_complete: true,
    gaps: [{ count: 2 }, { question: 'Гараж сдаёте?', count: 1 }],
  });
  const page = await server.call('/', { headers: { accept: 'text/html' } });
  expect(page.text).toContain('Вопросы без ответа: 2');
  const [first, second] = listed.gaps;
  const answered = await post(server, `/api/v1/gaps/${first?.gap_id}/answer`, { answer: 'Да, принимаем.' });
  expect(answered.body).toMatchObject({
    status: 'answered',
    questions: [expect.stringMatching(/трейд-ин/i)],
  });
  expect((await post(server, '/api/v1/answers', { question: 'трейд-ин есть?' })).body).toMatchObject({
    text: 'Да, принимаем.',
  });
  expect((await post(server, `/api/v1/gaps/${second?.gap_id}/dismiss`)).body).toMatchObject({
    status: 'dismissed',
  });
  expect((await server.call('/api/v1/gaps')).body).toMatchObject({ total: 0, gaps: [] });
  const unknown = `/api/v1/gaps/${randomUUID()}`;
  expect((await post(server, `${unknown}/answer`, { answer: 'Да' })).status).toBe(404);
  expect((await post(server, `${unknown}/dismiss`)).status).toBe(404);
});

test('a reply is listed and explained; of another account nothing is told', async () => {
  const server = await setUp();
  const replyId = await unanswered(server, 'Есть трейд-ин?');
  const listed = await server.call('/api/v1/replies?reason=not-in-base&mode=static');
  expect(listed.body).toMatchObject({ total: 1, replies: [{ reply_id: replyId, status: 'stored' }] });
  const why = await server.call(`/api/v1/replies/${replyId}/why`);
  expect(why.body).toMatchObject({
    reply: { reply_id: replyId },
    lines: expect.arrayContaining([
      'Покупатель спросил: «Есть трейд-ин?».',
      'Причина: в базе знаний не нашлось ответа на этот вопрос.',
      'Часть 1 ждёт отправки.',
    ]),
  });
  const other = await setUp();
  expect((await other.call(`/api/v1/replies/${replyId}/why`)).status).toBe(404);
  expect((await other.call('/api/v1/replies')).body).toMatchObject({ total: 0 });
});
