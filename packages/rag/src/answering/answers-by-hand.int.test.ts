import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPostgresChunkSearch } from '../adapters/postgres/chunk-search.ts';
import { evaluateQuestions, type QuestionResult } from '../evaluation/evaluate-questions.ts';
import { readQuestionSet } from '../evaluation/question-set.ts';
import type { ChatModel, PromptMessage } from '../ports.ts';
import { createRetriever } from '../retrieval/retriever.ts';
import { loadSources } from '../sources/load-sources.ts';
import { fillTables, newAccountId, useTestPool } from '../testing/knowledge-tables.ts';
import { createAnswerEngine } from './answer-engine.ts';

const text = z.object({ answer: z.string(), cites: z.array(z.string()), action: z.string() });
const written = text.extend({ id: z.string(), corrected: text.optional() });
type Written = z.output<typeof written>;

const folderOf = (shop: string) =>
  fileURLToPath(new URL(`../../../../examples/question-shops/${shop}/`, import.meta.url));

const PASSAGE = /<passage id="(\d+)">\n(.*)(?:\nВопрос: (.*))?/g;
const MESSAGE = /<message>\n([\s\S]*?)\n<\/message>/;

/** Numbers of the passages that the prompt has under these headings, with their questions. */
const numbersOf = (cites: readonly string[], prompt: string) =>
  [...prompt.matchAll(PASSAGE)]
    .filter(([, , heading = '', question]) =>
      cites.includes(question === undefined ? heading : `${heading} | ${question}`),
    )
    .map(([, number]) => Number(number));

/** Says what was written by hand for the question, and the second text when it is told what the check objected to. */
const writer = (byQuestion: ReadonlyMap<string, Written>): ChatModel => ({
  model: 'by hand',
  complete: async ({ messages }: { messages: readonly PromptMessage[] }) => {
    const [, prompt] = messages;
    const [, question = ''] = MESSAGE.exec(prompt?.content ?? '') ?? [];
    const found = byQuestion.get(question);
    const said = messages.length > 2 ? found?.corrected : found;
    const { answer, cites, action } = said ?? { answer: '', cites: [], action: 'handoff' };
    const sources = numbersOf(cites, prompt?.content ?? '');
    return {
      text: JSON.stringify({ answer, sources, action, reason: '' }),
      usage: { inputTokens: 0, outputTokens: 0 },
    };
  },
});

const pool = useTestPool();

async function ask(shop: string): Promise<QuestionResult[]> {
  const folder = folderOf(shop);
  const accountId = newAccountId();
  const { sources } = await loadSources({ path: folder });
  await fillTables({ pool, accountId, sources });
  const questions = await readQuestionSet(`${folder}questions.jsonl`);
  const lines = (await readFile(`${folder}answers-by-hand.jsonl`, 'utf8')).trim().split('\n');
  const byId = new Map(
    lines.map((line) => {
      const each = written.parse(JSON.parse(line));
      return [each.id, each] as const;
    }),
  );
  const byQuestion = new Map(
    questions.flatMap(({ id, question }) => {
      const found = byId.get(id);
      return found === undefined ? [] : [[question, found] as const];
    }),
  );
  expect(byQuestion.size).toBe(lines.length);
  const search = createPostgresChunkSearch(pool);
  const engine = createAnswerEngine({
    retriever: createRetriever({ search }),
    search,
    chatModels: [writer(byQuestion)],
  });
  return evaluateQuestions({ engine }, { questions, asked: { accountId } });
}

const share = <Each>(of: readonly Each[], is: (each: Each) => boolean) => of.filter(is).length / of.length;

// What the check made of them was looked at in `kept`; of `untouched` nobody read any.
describe.each([
  {
    split: 'kept',
    shops: [
      'firewood-coal',
      'headphones',
      'kids-clothes',
      'laptops-repair',
      'mattress',
      'photo',
      'piano',
      'tires-storage',
    ],
    mostStopped: 0.03,
  },
  {
    split: 'untouched',
    shops: [
      'boats',
      'car-detailing',
      'coffee-repair',
      'curtains',
      'dog-hotel',
      'greenhouses',
      'honey',
      'kids-party',
      'motorbike-school',
      'vinyl',
    ],
    mostStopped: 0.09,
  },
])('answers written by hand as a capable model words them, shops of $split', ({ shops, mostStopped }) => {
  let results: QuestionResult[] = [];
  beforeAll(async () => {
    results = [];
    for (const shop of shops) results.push(...(await ask(shop)));
  }, 120_000);
  const answerable = () => results.filter((each) => each.answerable);

  test('few true ones are stopped at first', () => {
    expect(share(answerable(), ({ gate }) => gate[0]?.outcome === 'refused')).toBeLessThanOrEqual(
      mostStopped,
    );
  });

  test('hardly a question that the base answers is handed over in the end', () => {
    expect(share(answerable(), ({ verdict }) => verdict === 'refused-falsely')).toBeLessThanOrEqual(0.03);
  });

  test('nearly all that the base does not answer is', () => {
    const unanswerable = results.filter((each) => !each.answerable);
    expect(share(unanswerable, ({ verdict }) => verdict === 'refused')).toBeGreaterThanOrEqual(0.96);
  });
});
