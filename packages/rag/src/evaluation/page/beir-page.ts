import type { BeirRun, PastBeirRun } from '../beir-run.ts';
import type { BeirChange, BeirComparison } from '../compare-beir.ts';
import { histogram, legend, stackedBars } from './charts.ts';
import { escapeHtml, page, percent, table } from './html.ts';

/** More say nothing new, and a page of thousands of rows is read by nobody. */
const SHOWN = 50;

const figure = (value: number) => value.toFixed(4).replace('.', ',');

/** Where the first right document stood. */
const PLACES: { name: string; colour: string; has: (reciprocalRank: number) => boolean }[] = [
  { name: 'нужный документ первый', colour: 'good', has: (rank) => rank === 1 },
  { name: 'второй или третий', colour: 'calm', has: (rank) => rank < 1 && rank >= 1 / 3 },
  { name: 'с четвёртого по десятый', colour: 'warn', has: (rank) => rank < 1 / 3 && rank > 0 },
  { name: 'не среди десяти', colour: 'bad', has: (rank) => rank === 0 },
];

/** The report of a run over a BEIR folder, in Russian, as one page without anything from outside. */
export function beirPage({
  run,
  past,
  comparison,
}: {
  run: BeirRun;
  past?: PastBeirRun | undefined;
  comparison?: BeirComparison | undefined;
}): string {
  const { results } = run;
  const cards = [
    [figure(run['ndcg@10']), 'nDCG@10'],
    [figure(run.mrr), 'MRR@10'],
    [percent(run['recall@5']), 'полнота среди первых пяти'],
    [percent(run['recall@10']), 'полнота среди первых десяти'],
    [`${Math.round(run.p95Ms)} мс`, `p95 поиска, половина быстрее ${Math.round(run.p50Ms)} мс`],
  ].map(([value, label]) => `<div class="card"><b>${value}</b><span>${label}</span></div>`);
  const about = `${escapeHtml(run.folder)}, документов ${run.documents}, вопросов ${run.queries}, ${escapeHtml(run.embeddingModel ?? 'только по словам')}, ${minute(run.at)}`;
  const segments = PLACES.map(({ has, ...look }) => ({
    ...look,
    count: results.filter(({ reciprocalRank }) => has(reciprocalRank)).length,
  }));
  const poor = results.filter(({ ndcg }) => ndcg < 1).toSorted((a, b) => a.ndcg - b.ndcg);
  return page({
    title: 'Проверка поиска',
    body: [
      `<p class="soft">${about}</p><div class="cards">${cards.join('')}</div>`,
      `<h2>Место нужного документа</h2>${legend(PLACES)}${stackedBars([{ name: 'вопросы', segments }])}`,
      `<h2>Время поиска</h2>${histogram(
        results.map(({ ms }) => ms),
        { unit: 'мс' },
      )}`,
      comparison === undefined || past === undefined ? '' : comparisonSection(past, comparison),
      `<h2>Найдено не лучшим образом: ${poor.length}</h2>${firstOf(poor.length)}${table(
        ['вопрос', 'nDCG@10', 'найдено первым'],
        poor
          .slice(0, SHOWN)
          .map(({ question, ndcg, first }) => [escapeHtml(question), figure(ndcg), escapeHtml(first ?? '–')]),
      )}`,
    ].join('\n'),
  });
}

const minute = (at: string) => `${escapeHtml(at.slice(0, 16).replace('T', ' '))} UTC`;

const firstOf = (count: number) =>
  count <= SHOWN ? '' : `<p class="soft">Показаны первые ${SHOWN}, остальные в JSON.</p>`;

function comparisonSection(past: PastBeirRun, { common, ndcg, mrr, better, worse }: BeirComparison): string {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${figure(value)}`;
  const row = (name: string, { before, now, difference, low, high }: BeirComparison['ndcg']) => [
    name,
    figure(before),
    figure(now),
    `${signed(difference)} (95 %: от ${signed(low)} до ${signed(high)})`,
  ];
  const list = (title: string, changes: readonly BeirChange[]) =>
    changes.length === 0
      ? ''
      : `<h3>${title}: ${changes.length}</h3>${firstOf(changes.length)}${table(
          ['вопрос', 'было', 'стало'],
          changes
            .slice(0, SHOWN)
            .map(({ question, before, now }) => [escapeHtml(question), figure(before), figure(now)]),
        )}`;
  return `<h2>Сравнение с прогоном ${minute(past.at)} (${escapeHtml(past.embeddingModel ?? 'только по словам')})</h2>
<p class="soft">Общих вопросов ${common}.</p>
${table(['', 'было', 'стало', 'разница'], [row('nDCG@10', ndcg), row('MRR@10', mrr)])}
${list('Стало хуже', worse)}${list('Стало лучше', better)}`;
}
