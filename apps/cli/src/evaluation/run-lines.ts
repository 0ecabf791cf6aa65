import type { QuestionResult, RunComparison, RunFigures, RunSummary } from '@avito-autoreply/rag';
import { tableLines } from '../output/table.ts';

const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);

const HEADER = [
  '',
  'questions',
  'answered',
  'refused falsely',
  'wrong',
  'unanswerable refused',
  'hit@1',
  'hit@5',
];

const row = (name: string, figures: RunFigures) => [
  name,
  String(figures.questions),
  percent(figures.answeredShare),
  percent(figures.falseRefusalShare),
  percent(figures.wrongShare),
  percent(figures.refusedShare),
  percent(figures.hitAt1),
  percent(figures.hitAt5),
];

/** Shares of the answerable questions, but for „unanswerable refused“. */
export function summaryLines({ total, byKind, bySplit }: RunSummary, currency: string | undefined): string[] {
  const rows = [
    ...Object.entries(byKind).map(([name, figures]) => row(name, figures)),
    ...Object.entries(bySplit).map(([name, figures]) => row(`half: ${name}`, figures)),
    row('all', total),
  ];
  const { gate, tokens, cost } = total;
  const problems = Object.entries(gate.problems).map(([kind, count]) => `${kind} ${count}`);
  return [
    ...tableLines([HEADER, ...rows]),
    '',
    ...(total.withoutMeaning === 0
      ? []
      : [
          `search by meaning failed for ${total.withoutMeaning} questions: these were searched by words only`,
        ]),
    `latency p50 ${total.p50Ms.toFixed(0)} ms, p95 ${total.p95Ms.toFixed(0)} ms`,
    `gate: ${gate.passed} passed (${gate.corrected} corrected), ${gate.refused} refused, ${gate.failed} failed calls${problems.length === 0 ? '' : ` (${problems.join(', ')})`}`,
    `tokens: ${tokens.input} in, ${tokens.output} out, ${tokens.embedding} embedded; cost ${cost === null ? 'unknown' : `${cost.toFixed(4)} ${currency ?? ''}`.trim()}`,
  ];
}

/** What went wrong, question by question. */
export function failureLines(results: readonly QuestionResult[]): string[] {
  const failed = results.filter(({ problems }) => problems.length > 0);
  if (failed.length === 0) return [];
  const rows = failed.map(({ id, problems, question, missing, forbidden }) => [
    id,
    problems.join(', '),
    question.replaceAll('\n', ' / '),
    [...missing.map((fact) => `without „${fact}“`), ...forbidden.map((fact) => `with „${fact}“`)].join(', '),
  ]);
  return ['', ...tableLines(rows)];
}

export function comparisonLines({
  right,
  wrong,
  pValue,
  better,
  worse,
  changed,
  ...rest
}: RunComparison): string[] {
  const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  const line = (name: string, { before, now, difference, low, high }: RunComparison['right']) =>
    `${name}: ${percent(before)} → ${percent(now)} (${points(difference)} points, 95 % interval ${points(low)} to ${points(high)})`;
  return [
    '',
    `against the baseline, ${rest.common} questions in common:`,
    `${line('right', right)}, McNemar p = ${pValue.toFixed(3)}`,
    line('wrong', wrong),
    `${better.length} better, ${worse.length} worse, ${changed.length} only worded otherwise`,
    ...better.map(({ id, question }) => `  + ${id} ${question}`),
    ...worse.map(({ id, question }) => `  - ${id} ${question}`),
  ];
}
