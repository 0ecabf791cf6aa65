import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { CONFIDENCE_VERSION, createRag } from '@avito-autoreply/rag';
import { silentLogger } from '@avito-autoreply/runtime';
import { afterAll, beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { startEmbeddingServer } from '../testing/embedding-server.ts';
import { runCli } from '../testing/run-cli.ts';

// More than the fifty candidates of a leg: what a search by meaning puts last is then not among its candidates.
const GOODS = 60;
const articleOf = (index: number) => 1_000 + 37 * index;
// The number only: a word that all goods share would give all of them a rank by words.
const questionOf = (index: number) => `а ${articleOf(index)} есть?`;

const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
afterAll(() => pool.end());
const { retrievalSettings, answerThresholds } = createKnowledgeRepositories(pool);

let folder: string;
let accountId: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tune-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  accountId = randomInt(1_000_000_000, 9_000_000_000);
  await mkdir(join(folder, 'shop'));
  const goods = Array.from({ length: GOODS }, (_, index) => index);
  for (const index of goods)
    await writeFile(
      join(folder, 'shop', `${index}.md`),
      `# Товар\n\nАртикул ${articleOf(index)} есть на складе.\n`,
    );
  const questions = goods
    .filter((index) => index % 3 === 0)
    .map((index) => ({ question: questionOf(index), expected_source: `${index}.md` }));
  await writeFile(join(folder, 'questions.json'), JSON.stringify(questions));
});

/** Puts the goods around a circle, and the questions about them `turn` away from where they belong. */
async function startModel({ turn }: { turn: number }) {
  const { baseUrl } = await startEmbeddingServer((each) => {
    const article = Number(/\d+/.exec(each)?.[0]);
    const angle = 2 * Math.PI * ((article - articleOf(0)) / 37 / GOODS + (each.includes('?') ? turn : 0));
    return [Math.cos(angle), Math.sin(angle)];
  });
  return { apiKey: 'sk-test', baseUrl, embeddingModel: `circle-${turn}` };
}

type Model = Awaited<ReturnType<typeof startModel>>;

const environmentOf = (model: Model) => ({
  DATABASE_URL: inject('databaseUrl'),
  OPENAI_API_KEY: model.apiKey,
  OPENAI_BASE_URL: model.baseUrl,
  OPENAI_EMBEDDING_MODEL: model.embeddingModel,
});

/** The base is synced, then settings are looked for on its questions. */
async function tuneWith(model: Model, ...flags: string[]) {
  const account = ['--account', String(accountId)];
  const synced = await runCli(['kb', 'sync', join(folder, 'shop'), ...account], environmentOf(model));
  expect(synced).toMatchObject({ exitCode: 0 });
  const questions = join(folder, 'questions.json');
  const { stdout, exitCode } = await runCli(
    ['eval', '--questions', questions, '--tune', '--json', ...flags, ...account],
    environmentOf(model),
  );
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as { stored: string[] };
}

/** The first source that the retriever of a worker finds. */
async function firstFor(question: string, model: Model) {
  const { retriever } = await createRag({
    pool,
    model: { ...model, chatModel: undefined, embeddingDimensions: undefined },
    weightsOf: retrievalSettings.weightsOf,
    logger: silentLogger,
  });
  const { passages } = await retriever.retrieve({ accountId, question, limit: 1 });
  return passages[0]?.sourceKey;
}

test('where words find what the model does not, weights are stored that the next question is answered by', async () => {
  const model = await startModel({ turn: 0.5 });
  const { stored } = await tuneWith(model, '--save');
  expect(stored).toContain('fusion weights');
  expect(await retrievalSettings.weightsOf({ accountId })).toEqual({ dense: 1, lexical: 1.5 });
  // None of the questions that were tuned on.
  expect(await firstFor(questionOf(7), model)).toBe('shop/7.md');
  await retrievalSettings.reset({ accountId });
  expect(await firstFor(questionOf(7), model)).not.toBe('shop/7.md');
});

test('without --save a gain is only shown', async () => {
  await tuneWith(await startModel({ turn: 0.5 }));
  expect(await retrievalSettings.weightsOf({ accountId })).toBeUndefined();
});

test('without a proven gain nothing is stored', async () => {
  const { stored } = await tuneWith(await startModel({ turn: 0 }), '--save');
  expect(stored).toEqual([]);
  expect(await retrievalSettings.weightsOf({ accountId })).toBeUndefined();
  expect(await answerThresholds.find({ accountId })).toBeUndefined();
});

test('thresholds that were stored under earlier weights are said not to count', async () => {
  const account = ['--account', String(accountId)];
  const env = { DATABASE_URL: inject('databaseUrl') };
  await runCli(['kb', 'sync', join(folder, 'shop'), ...account], env);
  const linesOf = async (confidenceVersion: number) => {
    await answerThresholds.save({ accountId, thresholds: { minConfidence: 0.9, confidenceVersion } });
    const { stdout, exitCode } = await runCli(
      ['eval', '--questions', join(folder, 'questions.json'), '--tune', ...account],
      env,
    );
    expect(exitCode).toBe(0);
    return stdout.split('\n').filter((line) => line.includes('earlier weights'));
  };
  expect(await linesOf(CONFIDENCE_VERSION - 1)).toEqual([expect.stringContaining('--save')]);
  expect(await linesOf(CONFIDENCE_VERSION)).toEqual([]);
});

test('a folder is measured with vectors too, and nothing of it is left afterwards', async () => {
  const model = await startModel({ turn: 0 });
  const basesOfNobody = async () =>
    (await pool.query('select 1 from documents where account_id < 0 and title like $1', ['Товар%'])).rowCount;
  const { stdout, stderr, exitCode } = await runCli(
    [
      'eval',
      '--questions',
      join(folder, 'questions.json'),
      '--knowledge',
      join(folder, 'shop'),
      '--account',
      String(accountId),
      '--json',
    ],
    environmentOf(model),
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(stdout).summary.total).toMatchObject({ hitAt1: 1, withoutMeaning: 0 });
  expect(await basesOfNobody()).toBe(0);
});
