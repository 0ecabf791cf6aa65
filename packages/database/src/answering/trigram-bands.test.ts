import { expect, test } from 'vitest';
import { trigramBands } from './trigram-bands.ts';

const banding = { bands: 20, rows: 5 };
const bandsOf = (text: string, accountId = 7) => trigramBands({ accountId, text, banding });
const shared = (a: readonly number[], b: readonly number[]) => a.filter((band) => b.includes(band)).length;

const question = 'сколько стоит доставка холодильника в казань и можно ли оплатить картой';

test('the same text has the same bands, whatever the order of its words', () => {
  expect(bandsOf('доставка в казань')).toEqual(bandsOf('в казань доставка'));
  expect(bandsOf(question)).toHaveLength(20);
});

test('a typo leaves bands in common, another question none', () => {
  expect(
    shared(bandsOf(question), bandsOf(question.replace('холодильника', 'холодильнека'))),
  ).toBeGreaterThan(0);
  expect(shared(bandsOf(question), bandsOf('есть ли парковка возле вашего магазина'))).toBe(0);
});

test('two accounts share none', () => {
  expect(shared(bandsOf(question, 1), bandsOf(question, 2))).toBe(0);
});

test('numbers fit into the database, and nothing has none', () => {
  expect(bandsOf(question).every((band) => band === (band | 0))).toBe(true);
  expect(bandsOf(' … ')).toEqual([]);
});
