import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { SAMPLE_SHOP } from '../sample-shop.ts';
import { startEmbeddingServer } from '../testing/embedding-server.ts';
import { runCli } from '../testing/run-cli.ts';

const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
const account = randomInt(2 ** 33, 2 ** 40);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  const { chats } = createRepositories(pool);
  for (const [chatId, turns] of Object.entries(DIALOGUES)) {
    await chats.describeChat({
      accountId: account,
      chatId,
      item: { title: 'iPhone 13', priceString: '42 990 ₽' },
    });
    for (const [index, { question, text, action }] of turns.entries())
      await addTurn({ chatId, turn: index + 1, question, text, action });
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await pool.end();
});

const DIALOGUES = {
  'chat-1': [
    { question: 'сколько доставка в питер?', text: 'Не знаю, спрошу.', action: 'handoff' },
    { question: 'а в казань?', text: 'Не знаю, спрошу.', action: 'handoff' },
  ],
  'chat-2': [{ question: 'у вас есть вакансии?', text: 'Да, приходите.', action: 'answer' }],
};

/** A turn as the worker leaves it behind: the buyer's message, the reply, and its text as a message. */
async function addTurn({
  chatId,
  turn,
  ...said
}: {
  chatId: string;
  turn: number;
  question: string;
  text: string;
  action: string;
}) {
  const reply = await pool.query<{ id: string }>(
    `insert into replies (account_id, chat_id, turn, mode, action, question, text, sources, trace, status, created_at)
     values ($1, $2, $3::int, 'static', $4, $5, $6, '[]', '{}', 'sent', clock_timestamp() - interval '1 h' + $3::int * interval '1 min')
     returning id`,
    [account, chatId, turn, said.action, said.question, said.text],
  );
  for (const [index, direction] of ['in', 'out'].entries()) {
    await pool.query(
      `insert into messages (account_id, message_id, chat_id, direction, author_kind, type, text, content, created_at,
                             received_at, decision, decision_reason, reply_id)
       select $1, $2, $3, $4, $5, 'text', $6, '{}', r.created_at, r.created_at + $7::int * interval '1 s', 'ignore', 'test', r.id
         from replies r where r.id = $8`,
      [
        account,
        `${chatId}-${turn}-${direction}`,
        chatId,
        direction,
        direction === 'in' ? 'buyer' : 'us',
        direction === 'in' ? said.question : said.text,
        index === 0 ? -5 : 5,
        reply.rows[0]?.id,
      ],
    );
  }
}

const cli = (...argv: string[]) =>
  runCli(['replay', ...argv, '--account', String(account)], { DATABASE_URL: inject('databaseUrl') });

test('past dialogues are asked again with their history, and nothing is stored', async () => {
  const html = join(folder, 'replay.html');
  const { stdout, exitCode } = await cli('--knowledge', SAMPLE_SHOP, '--html', html, '--json');
  expect(exitCode).toBe(0);
  const { counts, turns, cost } = JSON.parse(stdout);
  expect(counts).toEqual({ same: 0, changed: 0, 'now-answered': 2, 'now-refused': 1 });
  expect(turns).toContainEqual(
    expect.objectContaining({
      question: 'а в казань?',
      now: expect.objectContaining({ text: expect.stringContaining('490') }),
    }),
  );
  expect(cost).toBe(0);
  expect(await readFile(html, 'utf8')).toContain('раньше человеку, теперь ответ: 2');
  const { rows } = await pool.query('select 1 from replies where account_id = $1', [account]);
  expect(rows).toHaveLength(3);
});

test('settings are tried before they hold, and wrong ones are refused', async () => {
  const settings = join(folder, 'settings.json');
  await writeFile(settings, JSON.stringify({ texts: { unknown: 'Уточню у мастера.' } }));
  const { stdout } = await cli('--settings', settings, '--limit', '1', '--json');
  expect(JSON.parse(stdout).turns).toMatchObject([{ now: { action: 'handoff' } }]);
  await writeFile(settings, '{"tones": 1}');
  const wrong = await cli('--settings', settings);
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('replay.bad-settings')]);
});

test('what a replay would cost is told first, and a ceiling without a price is refused', async () => {
  const model = { OPENAI_API_KEY: 'any', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_CHAT_MODEL: 'm' };
  const priced = async (...argv: string[]) =>
    runCli(['replay', ...argv, '--account', String(account)], {
      DATABASE_URL: inject('databaseUrl'),
      ...model,
    });
  const estimate = JSON.parse((await priced('--estimate', '--json')).stdout);
  expect(estimate).toMatchObject({ estimate: { turns: 3, model: 'm', cost: null } });
  const refused = await priced('--max-cost', '10');
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('replay.too-expensive')]);
});

test('without the chat model the base is searched as it would be: also by meaning', async () => {
  const { baseUrl, calls } = await startEmbeddingServer(() => [1, 0]);
  const { stdout } = await runCli(['replay', '--without-model', '--json', '--account', String(account)], {
    DATABASE_URL: inject('databaseUrl'),
    OPENAI_API_KEY: 'any',
    OPENAI_BASE_URL: baseUrl,
    OPENAI_CHAT_MODEL: 'chat',
    OPENAI_EMBEDDING_MODEL: 'vectors',
  });
  expect(JSON.parse(stdout)).toMatchObject({ estimate: { model: null, cost: 0 }, turns: [{}, {}, {}] });
  expect(new Set(calls)).toEqual(new Set(['vectors']));
});

test('a report that cannot be written is told before anything is asked', async () => {
  const { stdout, stderr, exitCode } = await cli(
    '--html',
    join(SAMPLE_SHOP, 'no-such-folder', 'replay.html'),
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/cli\.bad-report-file: .*name a file in a folder that exists/);
  expect(stdout).toBe('');
});
