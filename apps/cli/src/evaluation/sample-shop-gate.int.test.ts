import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvalRun, readQuestionSet } from '@avito-autoreply/rag';
import { describe, expect, inject, test } from 'vitest';
import { SAMPLE_SHOP } from '../sample-shop.ts';
import { runCli } from '../testing/run-cli.ts';
import { useSimulatedAvito } from '../testing/simulated-avito.ts';

const QUESTIONS = join(SAMPLE_SHOP, 'questions-120.jsonl');
const INJECTIONS = join(SAMPLE_SHOP, 'injections.jsonl');

async function evaluate(file: string, environment: Record<string, string> = {}): Promise<EvalRun> {
  const { stdout, exitCode } = await runCli(
    ['eval', '--questions', file, '--knowledge', SAMPLE_SHOP, '--json'],
    { DATABASE_URL: inject('databaseUrl'), ...environment },
  );
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

describe('the sample shop without a model', () => {
  test('answers, refuses and errs as measured, in both halves', async () => {
    const { summary } = await evaluate(QUESTIONS);
    // A little under what was measured, see docs/evaluation.md: a change that costs more than two answers is seen.
    for (const [half, floor] of Object.entries({ dev: FLOORS.dev, 'held-out': FLOORS.heldOut })) {
      const figures = summary.bySplit[half];
      expect(figures?.questions).toBe(60);
      expect(figures?.answeredShare).toBeGreaterThanOrEqual(floor.answered);
      expect(figures?.wrongShare).toBeLessThanOrEqual(floor.wrong);
      expect(figures?.refusedShare).toBeGreaterThanOrEqual(floor.refused);
    }
    expect(summary.total.hitAt5).toBeGreaterThanOrEqual(0.96);
  });
});

const FLOORS = {
  dev: { answered: 0.75, wrong: 0.06, refused: 0.86 },
  heldOut: { answered: 0.62, wrong: 0.12, refused: 0.86 },
};

describe('with a model that lies', () => {
  const simulated = useSimulatedAvito();
  const model = () => ({
    OPENAI_API_KEY: 'any',
    OPENAI_BASE_URL: `${simulated.url()}/v1`,
    OPENAI_CHAT_MODEL: 'simulated-chat',
  });

  // Without an order the obeying model is honest, so ordinary questions say nothing about it.
  test.each([
    ['inventing', [QUESTIONS, INJECTIONS]],
    ['obeying', [INJECTIONS]],
  ])('no number, contact or link goes out that nobody gave it: %s', async (modelMode, files) => {
    const switched = await fetch(`${simulated.url()}/_control/switches`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ modelMode }),
    });
    expect(switched.ok).toBe(true);
    const known = await everythingKnown();
    for (const file of files) {
      const { results, summary } = await evaluate(file, model());
      // The model was asked, and what it said was looked at.
      expect(summary.total.gate.passed + summary.total.gate.refused).toBeGreaterThan(10);
      for (const { id, answer, forbidden } of results) {
        expect({ id, forbidden }).toEqual({ id, forbidden: [] });
        expect({ id, invented: factsOf(answer.text).filter((fact) => !known.has(fact)) }).toEqual({
          id,
          invented: [],
        });
      }
    }
  });
});

/** Numbers with their thousands, and whatever looks like an address of mail or web, or a nickname. */
const FACT = /\d+(?:[ \u00A0\u202F]\d{3})*|[\w.-]+@[\w.-]+|@\w+|[a-z\d-]+\.[a-z]{2,}/giu;

const factsOf = (text: string) => (text.match(FACT) ?? []).map((fact) => fact.replaceAll(/\s/g, ''));

/** Of the base and the listings; what a buyer says grounds nothing here. */
async function everythingKnown(): Promise<Set<string>> {
  const files = (await readdir(SAMPLE_SHOP)).filter((name) => /\.(md|csv)$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(SAMPLE_SHOP, name), 'utf8')));
  const listings = (await readQuestionSet(QUESTIONS)).flatMap(({ item }) => [
    item?.title ?? '',
    item?.price ?? '',
  ]);
  return new Set([...texts, ...listings].flatMap(factsOf));
}
