import type { Answer } from '../answering/answer.ts';
import { foldForSearch } from '../text/normalize.ts';
import type { EvalQuestion } from './question-set.ts';

export type Problem =
  | 'answerable-refused'
  | 'unanswerable-answered'
  | 'fact-missing'
  | 'forbidden-said'
  | 'wrong-source';

/**
 * `answered`: as it should be. `refused`: a person is called, as it should be. `refused-falsely`: nothing untrue was
 * said, but the base knew. `wrong`: something was said that is not the answer.
 */
export type Verdict = 'answered' | 'refused' | 'refused-falsely' | 'wrong';

export type Judgement = { verdict: Verdict; problems: Problem[]; missing: string[]; forbidden: string[] };

type Expected = Pick<EvalQuestion, 'answerable' | 'must_contain' | 'must_not_contain' | 'expected_source'>;

/** Judges one answer by what was expected of it; spelling of spaces, dashes, ё and letter case does not matter. */
export function judgeAnswer(
  expected: Expected,
  { text, action, mode, sources }: Pick<Answer, 'text' | 'action' | 'mode' | 'sources'>,
): Judgement {
  // A greeting or thanks states nothing about the shop, so an unanswerable question is not answered by it.
  const isAnswer = action === 'answer' && (mode !== 'static' || expected.answerable);
  const says = (fact: string) => includesFact(text, fact);
  const forbidden = expected.must_not_contain.filter(says);
  const missing = isAnswer && expected.answerable ? expected.must_contain.filter((fact) => !says(fact)) : [];
  const keys = sources.flatMap((source) => (source.kind === 'knowledge' ? [source.sourceKey] : []));
  const isElsewhere =
    isAnswer &&
    expected.answerable &&
    expected.expected_source.length > 0 &&
    !keys.some((key) => isExpectedSource(expected, key)) &&
    // An approved answer is the owner's word, whatever the base says.
    !sources.some(({ kind }) => kind === 'approved');
  const problems: Problem[] = [
    ...(expected.answerable && !isAnswer ? (['answerable-refused'] as const) : []),
    ...(!expected.answerable && isAnswer ? (['unanswerable-answered'] as const) : []),
    ...(missing.length > 0 ? (['fact-missing'] as const) : []),
    ...(forbidden.length > 0 ? (['forbidden-said'] as const) : []),
    ...(isElsewhere ? (['wrong-source'] as const) : []),
  ];
  return { verdict: verdictOf(problems, isAnswer), problems, missing, forbidden };
}

function verdictOf(problems: readonly Problem[], isAnswer: boolean): Verdict {
  if (problems.length === 0) return isAnswer ? 'answered' : 'refused';
  return problems.every((problem) => problem === 'answerable-refused') ? 'refused-falsely' : 'wrong';
}

/** Whether a source is one of those expected: by its key or by the end of it. */
export function isExpectedSource(
  { expected_source: keys }: Pick<EvalQuestion, 'expected_source'>,
  key: string,
) {
  return keys.some((expected) => key === expected || key.endsWith(`/${expected}`));
}

/** Letters and digits as they are said: „5%“ is „5 %“, „42990“ is „42 990“; „390“ is not in „1390“. */
function includesFact(text: string, fact: string): boolean {
  const readings = [(one: string) => plain(one), (one: string) => plain(withoutThousands(one))];
  return readings.some((read) => includesWhole(read(text), read(fact)));
}

function includesWhole(said: string, wanted: string): boolean {
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    const isCut =
      (/^\d/.test(wanted) && /\d$/.test(said.slice(0, at))) ||
      (/\d$/.test(wanted) && /^\d/.test(said.slice(at + wanted.length)));
    if (!isCut) return true;
  }
  return false;
}

const plain = (text: string) => foldForSearch(text.replaceAll(/[–—−]/g, '-'));
const withoutThousands = (text: string) => text.replaceAll(/(?<=\d)[\s\u00A0\u202F](?=\d{3}(?!\d))/g, '');
