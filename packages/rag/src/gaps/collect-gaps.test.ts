import { expect, test } from 'vitest';
import { createFakeEmbedder } from '../testing/fake-models.ts';
import { createGapCollector } from './collect-gaps.ts';

type Store = Parameters<typeof createGapCollector>[0]['store'];
type Placement = Parameters<Store['place']>[0];

/** A store that only remembers what was placed. */
function createStore(questions: readonly string[]) {
  const placed: Placement[] = [];
  const waiting = questions.map((question, index) => ({
    replyId: `reply-${index}`,
    messageId: null,
    question,
    askedAt: new Date(0),
  }));
  const store: Store = {
    listUnseen: async ({ limit }) => waiting.slice(0, limit),
    vectorBackground: async () => ({ mean: 0.3, deviation: 0.1, questions: 40 }),
    place: async (placement) => {
      placed.push(placement);
      waiting.splice(0, placement.questions.length);
    },
  };
  return { store, placed };
}

const search = {
  stem: async ({ texts }: { texts: readonly string[] }) => texts.map((text) => text.split(' ')),
};
const many = Array.from({ length: 120 }, (_, index) => `вопрос про товар номер ${index}`);

test('everything new is gathered, in batches', async () => {
  const { store, placed } = createStore(many);
  const collect = createGapCollector({ store, search });
  expect(await collect({ accountId: 7, budgetMs: 60_000 })).toEqual({ isComplete: true });
  expect(placed.map(({ questions }) => questions.length)).toEqual([50, 50, 20]);
  expect(placed[0]).not.toHaveProperty('vectors.spaceKey');
});

test('when the time is over the rest waits for the next time', async () => {
  const { store, placed } = createStore(many);
  const collect = createGapCollector({ store, search });
  expect(await collect({ accountId: 7, budgetMs: 0 })).toEqual({ isComplete: false });
  expect(placed).toHaveLength(1);
});

test('what asks nothing is marked as seen, and not embedded', async () => {
  const { store, placed } = createStore(['Здравствуйте', 'Есть трейд-ин?']);
  const { embedder, calls } = createFakeEmbedder();
  await createGapCollector({ store, search, embedderOf: async () => embedder })({
    accountId: 7,
    budgetMs: 1,
  });
  expect(placed[0]?.questions).toMatchObject([
    { folded: '', stems: '', vector: undefined },
    { folded: 'есть трейд-ин', vector: expect.any(Array) },
  ]);
  expect(placed[0]?.vectors).toMatchObject({ spaceKey: embedder.spaceKey });
  expect(placed[0]?.vectors?.minSimilarity).toBeCloseTo(0.6);
  expect(calls).toEqual([['Есть трейд-ин?']]);
});

test('a model that fails leaves the words', async () => {
  const { store, placed } = createStore(['Есть трейд-ин?']);
  const { embedder } = createFakeEmbedder({ failures: 1 });
  await createGapCollector({ store, search, embedderOf: async () => embedder })({
    accountId: 7,
    budgetMs: 1,
  });
  expect(placed[0]).toMatchObject({ vectors: undefined, questions: [{ vector: undefined }] });
});
