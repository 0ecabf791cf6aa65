import type { EvalQuestion } from './question-set.ts';
import { isExpectedSource } from './judge-answer.ts';

/** Expected sources that the base does not have: no answer can come from them, so each would be judged wrong. */
export function missingSources({
  questions,
  sourceKeys,
}: {
  questions: readonly EvalQuestion[];
  sourceKeys: readonly string[];
}): string[] {
  const expected = new Set(questions.flatMap((question) => question.expected_source));
  return [...expected].filter(
    (source) => !sourceKeys.some((key) => isExpectedSource({ expected_source: [source] }, key)),
  );
}
