import type { Change, RunComparison } from '../compare-runs.ts';
import type { QuestionResult } from '../evaluate-questions.ts';
import { amount } from '../../explain/words.ts';
import type { Problem, Verdict } from '../judge-answer.ts';
import type { EvalRun, PastRun } from '../run-file.ts';
import { histogram, legend, stackedBars } from './charts.ts';
import { escapeHtml, page, percent, table } from './html.ts';

const VERDICTS: Record<Verdict, { name: string; colour: string }> = {
  answered: { name: 'верный ответ', colour: 'good' },
  refused: { name: 'верно передан человеку', colour: 'calm' },
  'refused-falsely': { name: 'зря передан человеку', colour: 'warn' },
  wrong: { name: 'неверный ответ', colour: 'bad' },
};
const PROBLEMS: Record<Problem, string> = {
  'answerable-refused': 'ответ в базе есть, но вопрос передан человеку',
  'unanswerable-answered': 'ответа в базе нет, но он дан',
  'fact-missing': 'в ответе нет нужного факта',
  'forbidden-said': 'сказано то, чего говорить нельзя',
  'wrong-source': 'ответ не из того источника',
};

/** The report of a run for the owner, in Russian, as one page without anything from outside. */
export function runPage({
  run,
  past,
  comparison,
  currency,
}: {
  run: EvalRun;
  past?: PastRun | undefined;
  comparison?: RunComparison | undefined;
  currency?: string | undefined;
}): string {
  const { summary, results } = run;
  const { total } = summary;
  const cost = total.cost === null ? 'неизвестна' : `${amount(total.cost)} ${escapeHtml(currency ?? '')}`;
  const cards = [
    [percent(total.answeredShare), 'верных ответов из вопросов, на которые база отвечает'],
    [percent(total.falseRefusalShare), 'зря передано человеку'],
    [percent(total.wrongShare), 'неверных ответов'],
    [percent(total.refusedShare), 'верно передано человеку, когда ответа нет'],
    [percent(total.hitAt5), 'нужный источник среди первых пяти'],
    [`${Math.round(total.p95Ms)} мс`, `p95 ответа, половина быстрее ${Math.round(total.p50Ms)} мс`],
    [cost, `стоимость, ${total.tokens.input + total.tokens.output} токенов`],
  ].map(([value, label]) => `<div class="card"><b>${value}</b><span>${label}</span></div>`);
  const failed = results.filter(({ problems }) => problems.length > 0);
  const about = `${escapeHtml(run.questionsFile)}, ${results.length} вопросов, ${escapeHtml(run.model ?? 'без модели')}, ${escapeHtml(run.at.slice(0, 16).replace('T', ' '))} UTC`;
  return page({
    title: 'Проверка ответов',
    body: [
      `<p class="soft">${about}</p><div class="cards">${cards.join('')}</div>${meaningNote(total.withoutMeaning)}`,
      `<h2>По видам вопросов</h2>${legend(Object.values(VERDICTS))}${verdictBars(results)}`,
      `<h2>Время ответа</h2>${histogram(
        results.map(({ ms }) => ms),
        { unit: 'мс' },
      )}`,
      gateSection(run),
      comparison === undefined || past === undefined ? '' : comparisonSection(past, comparison),
      `<h2>Ошибки: ${failed.length}</h2>${failed.map(failure).join('')}`,
    ].join('\n'),
  });
}

const meaningNote = (count: number) =>
  count === 0
    ? ''
    : `<p>Поиск по смыслу не удался, искали только по словам. Вопросов, которых это коснулось: ${count}.</p>`;

function verdictBars(results: readonly QuestionResult[]): string {
  const rowsBy = (key: 'kind' | 'split') =>
    [...Map.groupBy(results, (result) => result[key])]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, some]) => ({ name: key === 'split' ? `часть ${name}` : name, some }));
  const splits = rowsBy('split');
  const rows = [...rowsBy('kind'), ...(splits.length > 1 ? splits : []), { name: 'все', some: results }];
  return stackedBars(
    rows.map(({ name, some }) => ({
      name,
      segments: Object.entries(VERDICTS).map(([verdict, look]) => ({
        ...look,
        count: some.filter((result) => result.verdict === verdict).length,
      })),
    })),
  );
}

function gateSection({ summary: { total } }: EvalRun): string {
  const { passed, corrected, refused, failed, problems } = total.gate;
  if (passed + refused + failed === 0) return '';
  const rows = Object.entries(problems).map(([kind, count]) => [escapeHtml(kind), String(count)]);
  const found = rows.length === 0 ? '' : table(['что не прошло', 'раз'], rows);
  return `<h2>Проверка текстов модели</h2><p>Пропущено ${passed} (из них со второй попытки ${corrected}), задержано ${refused}, сбоев модели ${failed}.</p>${found}`;
}

const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1).replace('.', ',')}`;

function comparisonSection(
  past: PastRun,
  { right, wrong, pValue, better, worse, changed, common }: RunComparison,
) {
  const row = (name: string, { before, now, difference, low, high }: RunComparison['right']) => [
    name,
    percent(before),
    percent(now),
    `${points(difference)} п. п. (95 %: от ${points(low)} до ${points(high)})`,
  ];
  const list = (title: string, changes: readonly Change[]) =>
    changes.length === 0
      ? ''
      : `<h3>${title}: ${changes.length}</h3>${table(
          ['вопрос', 'было', 'стало'],
          changes.map((change) => [change.question, change.before.text, change.now.text].map(escapeHtml)),
        )}`;
  return `<h2>Сравнение с прогоном ${escapeHtml(past.at.slice(0, 16).replace('T', ' '))} (${escapeHtml(past.model ?? 'без модели')})</h2>
<p class="soft">Общих вопросов ${common}; вероятность такой разницы случайно p = ${pValue.toFixed(3).replace('.', ',')} (критерий Мак-Немара).</p>
${table(['', 'было', 'стало', 'разница'], [row('верно', right), row('неверные ответы', wrong)])}
${list('Стало лучше', better)}${list('Стало хуже', worse)}${list('Только другие слова', changed)}`;
}

function failure({
  id,
  question,
  problems,
  missing,
  forbidden,
  answer,
  expected,
  trace,
  gate,
}: QuestionResult) {
  const words = trace.words.map(({ word, kind }) => `${word} (${kind})`).join(', ');
  const rows = [
    ['не хватает', missing.join(', ')],
    ['лишнее', forbidden.join(', ')],
    ['ждали источник', expected.join(', ')],
    ['ответ из', answer.sources.join(', ')],
    ['найдено', trace.candidates.join('; ')],
    ['слова', words],
    ['вопрос целиком', trace.rewritten ?? ''],
    ['уверенность', trace.coverage === undefined ? '' : percent(trace.coverage)],
    [
      'модель',
      gate
        .map(({ model, outcome, problems: found }) => `${model}: ${outcome} ${found.join(', ')}`)
        .join('; '),
    ],
    ['причина', answer.reason ?? ''],
  ].filter(([, value]) => value !== '');
  const what = problems.map((problem) => PROBLEMS[problem]).join('; ');
  return `<details><summary>${escapeHtml(question)}<i>${escapeHtml(id)}: ${escapeHtml(what)}</i></summary>
<blockquote>${escapeHtml(answer.text)}</blockquote>${table(
    ['', ''],
    rows.map((cells) => cells.map(escapeHtml)),
  )}</details>`;
}
