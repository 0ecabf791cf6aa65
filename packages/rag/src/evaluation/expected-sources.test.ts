import { expect, test } from 'vitest';
import { missingSources } from './expected-sources.ts';

test('sources that the base does not have are named once', () => {
  const questions = [['delivery.md'], ['shop/pay.md', 'old.md'], ['old.md'], []].map(
    (expected_source, id) => ({
      id: String(id),
      question: 'Где?',
      history: [],
      item: undefined,
      expected_source,
      must_contain: [],
      must_not_contain: [],
      answerable: true,
      kind: 'question',
      split: 'all',
    }),
  );
  expect(missingSources({ questions, sourceKeys: ['shop/delivery.md', 'shop/pay.md'] })).toEqual(['old.md']);
});
