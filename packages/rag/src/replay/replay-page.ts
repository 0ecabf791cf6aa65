import { legend, stackedBars } from '../evaluation/page/charts.ts';
import { escapeHtml, page, table } from '../evaluation/page/html.ts';
import { amount } from '../explain/words.ts';
import type { Replay, ReplayedTurn, ReplayOutcome } from './replay-turns.ts';

const OUTCOMES: Record<ReplayOutcome, { name: string; colour: string }> = {
  same: { name: 'то же самое', colour: 'calm' },
  changed: { name: 'другой текст', colour: 'blue' },
  'now-answered': { name: 'раньше человеку, теперь ответ', colour: 'good' },
  'now-refused': { name: 'раньше ответ, теперь человеку', colour: 'warn' },
};
const SHOWN_FIRST: ReplayOutcome[] = ['now-refused', 'now-answered', 'changed'];

/** What would change for the buyers, in Russian, as one page without anything from outside. */
export function replayPage({
  replay,
  change,
  currency,
}: {
  replay: Replay;
  /** What is tried, in words. */
  change: string;
  currency?: string | undefined;
}): string {
  const { turns, counts, cost, left } = replay;
  const segments = Object.entries(counts).map(([outcome, count]) => ({
    ...OUTCOMES[outcome as ReplayOutcome],
    count,
  }));
  const spent = cost === null ? 'неизвестна' : `${amount(cost)} ${currency ?? ''}`;
  const early = left === 0 ? '' : `<p>Предел стоимости: не спрошено ещё ${left}.</p>`;
  const sections = SHOWN_FIRST.map((outcome) => {
    const some = turns.filter((turn) => turn.outcome === outcome);
    return some.length === 0
      ? ''
      : `<h2>${OUTCOMES[outcome].name}: ${some.length}</h2>${table(['когда', 'вопрос', 'было', 'стало'], some.map(row))}`;
  });
  return page({
    title: 'Повтор прошлых диалогов',
    body: [
      `<p class="soft">${escapeHtml(change)}; вопросов ${turns.length}, стоимость ${escapeHtml(spent.trim())}. Ничего не отправлено.</p>`,
      legend(segments),
      stackedBars([{ name: 'ответы', segments }]),
      early,
      ...sections,
    ].join('\n'),
  });
}

const row = ({ at, question, before, now, refused }: ReplayedTurn): string[] =>
  [
    at.slice(0, 16).replace('T', ' '),
    question,
    before.text,
    `${now.text}${refused.length === 0 ? '' : ` (проверка задержала текст модели: ${refused.join(', ')})`}`,
  ].map(escapeHtml);
