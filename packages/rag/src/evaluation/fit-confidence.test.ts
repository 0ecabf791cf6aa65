import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confidenceOf } from '../answering/confidence.ts';
import type { Evidence } from '../answering/evidence.ts';
import { fitConfidence, type WeighedQuestion } from './fit-confidence.ts';
import { judgeConfidence, leaveOneShopOut } from './judge-confidence.ts';

const evidence = (values: Partial<Evidence> = {}): Evidence => ({
  sentence: 0.5,
  worst: 0,
  echo: 0,
  dense: 0,
  likeness: 0,
  numbers: 0,
  place: 0,
  number: 0,
  way: 0,
  ...values,
});
const passage = (isRight: boolean, values: Partial<Evidence> = {}) => ({
  isRight,
  evidence: evidence(values),
});

/** What is asked stands densely in the right passage; numbers that it has not speak against. */
const shop: WeighedQuestion[] = Array.from({ length: 20 }, (_, at) => [
  {
    answerable: true,
    passages: [passage(false, { echo: at % 3 }), passage(true, { dense: 1, echo: at % 2 })],
  },
  { answerable: false, passages: [passage(false, { numbers: 1, echo: at % 3 })] },
]).flat();

describe('the fit', () => {
  test('trusts what speaks for the right passages, and mistrusts what speaks against', () => {
    const weights = fitConfidence(shop);
    expect(weights.dense).toBeGreaterThan(1);
    expect(weights.numbers).toBeLessThan(-1);
    expect(weights.way).toBeCloseTo(0, 5); // never seen
    const verdicts = judgeConfidence(shop, weights).map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['answered', 'refused']));
  });

  test('is the same twice, and does not mind the order of the questions', () => {
    const weights = fitConfidence(shop);
    expect(fitConfidence(shop)).toEqual(weights);
    for (const [name, weight] of Object.entries(fitConfidence(shop.toReversed())))
      expect(weight).toBeCloseTo(weights[name as keyof typeof weights], 3);
  });

  test('learns nothing from a question whose answer was not found', () => {
    const lost: WeighedQuestion = { answerable: true, passages: [passage(false, { dense: 1 })] };
    expect(fitConfidence([...shop, lost, { answerable: false, passages: [] }])).toEqual(fitConfidence(shop));
  });

  test('with nothing to tell apart, the bias alone says how often a passage is right', () => {
    const alike = (answerable: boolean) => ({ answerable, passages: [passage(answerable, { sentence: 0 })] });
    const weights = fitConfidence([true, true, true, true, true, true, false].map(alike));
    // Six right ones against one that counts one and a half times.
    expect(confidenceOf(evidence({ sentence: 0 }), weights)).toBeCloseTo(0.8, 3);
  });

  test('no neighbouring weights make the outcomes likelier', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const some = fc.record({ sentence: share, worst: share, dense: share, likeness: share });
    const question = fc.record({
      answerable: fc.boolean(),
      passages: fc.array(
        fc.record({ isRight: fc.boolean(), evidence: some.map((values) => evidence(values)) }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(fc.array(question, { minLength: 5, maxLength: 20 }), (questions) => {
        const weights = fitConfidence(questions);
        const names = Object.keys(weights) as (keyof typeof weights)[];
        for (const name of names) {
          for (const step of [-0.05, 0.05]) {
            const moved = { ...weights, [name]: weights[name] + step };
            expect(lossOf(questions, weights)).toBeLessThanOrEqual(lossOf(questions, moved) + 1e-6);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** What the fit makes least, written down plainly. */
function lossOf(questions: readonly WeighedQuestion[], weights: ReturnType<typeof fitConfidence>): number {
  let loss = 0;
  let total = 0;
  for (const { answerable, passages } of questions) {
    const powers = passages.map((one) => {
      const confidence = confidenceOf(one.evidence, weights);
      return { ...one, power: confidence / (1 - confidence) };
    });
    const right = answerable ? powers.filter(({ isRight }) => isRight) : [{ power: 1 }];
    if (right.length === 0) continue;
    const sum = (some: readonly { power: number }[]) => some.reduce((all, { power }) => all + power, 0);
    const counts = answerable ? 1 : 1.5;
    loss -= counts * Math.log(sum(right) / (1 + sum(powers)));
    total += counts;
  }
  const { bias: _, ...rest } = weights;
  const l2 = 0.0005 * Object.values(rest).reduce((all, weight) => all + weight ** 2, 0);
  return (total === 0 ? 0 : loss / total) + l2;
}

describe('the figures', () => {
  const weights = fitConfidence(shop);

  test('the surest passage is quoted, if it is sure enough', () => {
    const sure = passage(true, { dense: 1 });
    const verdictOf = (question: WeighedQuestion) => judgeConfidence([question], weights)[0]?.verdict;
    expect(verdictOf({ answerable: true, passages: [passage(false), sure] })).toBe('answered');
    expect(verdictOf({ answerable: true, passages: [passage(false)] })).toBe('refused-falsely');
    expect(verdictOf({ answerable: true, passages: [{ ...sure, isRight: false }] })).toBe('wrong');
    expect(verdictOf({ answerable: false, passages: [sure] })).toBe('wrong');
    expect(verdictOf({ answerable: false, passages: [] })).toBe('refused');
    // None of the words is there.
    expect(verdictOf({ answerable: true, passages: [passage(true, { dense: 1, sentence: 0 })] })).toBe(
      'refused-falsely',
    );
  });

  test('a lower bias calls for a person sooner', () => {
    const judged = judgeConfidence(shop, weights, { bias: -10 });
    expect(judged.filter(({ verdict }) => verdict === 'answered')).toEqual([]);
  });

  test('a shop has no part in the weights that it is measured with', () => {
    const odd = { name: 'odd', questions: [{ answerable: true, passages: [passage(true, { way: 1 })] }] };
    const [plain, left] = leaveOneShopOut([{ name: 'plain', questions: shop }, odd]);
    expect(left?.weights).toEqual(fitConfidence(shop));
    expect(plain?.weights).toEqual(fitConfidence(odd.questions));
  });
});
