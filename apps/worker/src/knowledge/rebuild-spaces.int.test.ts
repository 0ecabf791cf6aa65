import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { type Embedder, syncKnowledge } from '@avito-autoreply/rag';
import { AppError, silentLogger } from '@avito-autoreply/runtime';
import { expect, inject, onTestFinished, test } from 'vitest';
import { jobContext, setUpAccount } from '../testing/set-up.ts';
import { createRebuildSpaces } from './rebuild-spaces.ts';

type Embed = Embedder['embed'];
const embedderOf = (model: string, before: () => Promise<void> = async () => {}): Embedder => ({
  spaceKey: `${model}|native|none`,
  model,
  maxBatchSize: 1,
  embed: async ({ texts }: Parameters<Embed>[0]): ReturnType<Embed> => {
    await before();
    return { vectors: texts.map(() => [1, 0]), tokens: texts.length };
  },
});

async function setUp() {
  const { accountId } = setUpAccount();
  const pool = createPool({ url: inject('databaseUrl'), max: 2, logger: silentLogger });
  onTestFinished(() => pool.end());
  const knowledge = createKnowledgeRepositories(pool);
  const sources = ['а', 'б', 'в'].map((text) => ({ key: text, kind: 'text' as const, name: text, text }));
  await syncKnowledge({ store: knowledge, embedder: embedderOf(`old-${accountId}`) }, { accountId, sources });
  const ask = (isSwitching = true) =>
    knowledge.rebuilds.ask({ accountId, spaceKey: 'as asked', isSwitching });
  const work = (embedder: Embedder | undefined, signal = jobContext.signal) =>
    createRebuildSpaces({
      knowledge,
      embedder,
      accountIds: [accountId],
      sleep: async () => {},
      logger: silentLogger,
    })({}, { ...jobContext, signal });
  const state = () => knowledge.rebuilds.find({ accountId });
  const serving = () => knowledge.spaces.active({ accountId });
  return { accountId, knowledge, ask, work, state, serving };
}

test('a space that was asked for is filled, and serves; nobody who did not ask gets one', async () => {
  const { accountId, ask, work, state, serving } = await setUp();
  const spaceKey = `new-${accountId}|native|none`;
  await work(embedderOf(`new-${accountId}`));
  expect(await state()).toBeUndefined();
  await ask(false);
  await work(embedderOf(`new-${accountId}`));
  expect(await state()).toMatchObject({ state: 'done', spaceKey });
  expect(await serving()).toBe(`old-${accountId}|native|none`);
  await ask();
  await work(embedderOf(`new-${accountId}`));
  expect(await serving()).toBe(spaceKey);
});

test('it tells how far it is, of how many', async () => {
  const { accountId, ask, work, state } = await setUp();
  await ask();
  const embedder = embedderOf(`new-${accountId}`, async () => {
    const { done = 0 } = (await state()) ?? {};
    if (calls === 2) await expect.poll(state).toMatchObject({ state: 'running', done: 2, total: 3 });
    else expect(done).toBeLessThan(3);
    calls += 1;
  });
  let calls = 0;
  await work(embedder);
  expect(calls).toBe(3);
});

test('a model that fails is told of, and what was done is not done again', async () => {
  const { accountId, ask, work, state, serving } = await setUp();
  let calls = 0;
  let isAway = true;
  const embedder = embedderOf(`new-${accountId}`, async () => {
    calls += 1;
    if (isAway && calls > 2) throw new AppError('no such key', { code: 'model.refused' });
  });
  await ask();
  await work(embedder);
  expect(await state()).toMatchObject({ state: 'failed', error: { code: 'model.refused' } });
  expect(await serving()).toBe(`old-${accountId}|native|none`);
  isAway = false;
  calls = 0;
  await ask();
  await work(embedder);
  expect([calls, (await state())?.state]).toEqual([1, 'done']);
  await ask();
  await work(undefined);
  expect(await state()).toMatchObject({ state: 'failed', error: { code: 'knowledge.no-embedding-model' } });
});

test('a worker that stops leaves it to the next one', async () => {
  const { accountId, ask, work, state } = await setUp();
  const stopping = new AbortController();
  const embedder = embedderOf(`new-${accountId}`, async () => stopping.abort(new Error('stopping')));
  await ask();
  await expect(work(embedder, stopping.signal)).rejects.toThrow('stopping');
  expect(await state()).toMatchObject({ state: 'waiting' });
});
