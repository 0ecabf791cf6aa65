import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPostgresChunkSearch } from '../adapters/postgres/chunk-search.ts';
import { createRetriever } from '../retrieval/retriever.ts';
import { loadSources } from '../sources/load-sources.ts';
import { fillTables, newAccountId, useTestPool } from '../testing/knowledge-tables.ts';
import { createAnswerEngine } from './answer-engine.ts';

const folder = fileURLToPath(new URL('../../../../examples/sample-shop/', import.meta.url));
const questionSet = z.object({
  answerable: z.array(z.object({ question: z.string(), must_contain: z.array(z.string()) })),
  unanswerable: z.array(z.object({ question: z.string() })),
});
const { answerable, unanswerable } = questionSet.parse(
  JSON.parse(await readFile(`${folder}questions.json`, 'utf8')),
);

const pool = useTestPool();
const search = createPostgresChunkSearch(pool);
const engine = createAnswerEngine({ retriever: createRetriever({ search }), search });
const accountId = newAccountId();
beforeAll(async () => {
  const { sources } = await loadSources({ path: folder });
  await fillTables({ pool, accountId, sources });
});

describe('the sample shop without any model', () => {
  test.each(answerable)('answers „$question“', async ({ question, must_contain: facts }) => {
    const answer = await engine.generateAnswer({ accountId, question });
    expect(answer).toMatchObject({ mode: 'extractive', action: 'answer' });
    for (const fact of facts) expect(answer.text).toContain(fact);
  });

  test.each(unanswerable)('hands „$question“ to a person', async ({ question }) => {
    const answer = await engine.generateAnswer({ accountId, question });
    expect(answer).toMatchObject({ mode: 'static', action: 'handoff', reason: 'not-in-base' });
  });

  test('polite words neither raise nor sink the confidence', async () => {
    const coverageOf = async (question: string) =>
      (await engine.generateAnswer({ accountId, question })).trace.coverage;
    for (const bare of ['доставка в Казань', 'велосипеды продаёте']) {
      const polite = `Добрый день!\nПодскажите, пожалуйста, мне интересно: ${bare}? Заранее спасибо`;
      expect(await coverageOf(polite)).toBe(await coverageOf(bare));
    }
  });
});
