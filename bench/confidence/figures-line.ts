import type { JudgedQuestion } from '@avito-autoreply/rag';

/** One line: shares of the answerable, then of the unanswerable, then of all. */
export function figuresLine(name: string, judged: readonly JudgedQuestion[]): string {
  const answerable = judged.filter((question) => question.answerable);
  const unanswerable = judged.filter((question) => !question.answerable);
  const found = answerable.filter(({ passages }) => passages.some(({ isRight }) => isRight));
  const share = (of: readonly JudgedQuestion[], verdict: JudgedQuestion['verdict']) =>
    percent(of.filter((question) => question.verdict === verdict).length, of.length);
  const columns = [
    `${answerable.length} answerable (${percent(found.length, answerable.length)} found):`,
    `answered ${share(answerable, 'answered')},`,
    `falsely refused ${share(answerable, 'refused-falsely')},`,
    `wrong ${share(answerable, 'wrong')};`,
    `${unanswerable.length} unanswerable: refused ${share(unanswerable, 'refused')};`,
    `wrong of all ${share(judged, 'wrong')}`,
  ];
  return `  ${name.padEnd(20)} ${columns.join(' ')}`;
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
