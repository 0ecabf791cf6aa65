import { MIN_APPROVED_SIMILARITY } from '../answering/approved-answers.ts';
import { failureText } from './failure-texts.ts';
import type { StoredTrace } from './reply-facts.ts';
import { counted, percent, quoted } from './words.ts';

const CANDIDATES = 5;

export function explainApproved({ approved }: StoredTrace): string[] {
  if (approved === undefined) return [];
  const { similarity, differing } = approved;
  if (differing.length > 0)
    return [
      `Ближайший одобренный вопрос похож на ${percent(similarity)}, но он о другом: слова ${differing.join(', ')} есть только в одном из вопросов.`,
    ];
  if (similarity >= 1) return ['Среди одобренных ответов есть ответ на этот самый вопрос.'];
  return similarity >= MIN_APPROVED_SIMILARITY
    ? [`Среди одобренных ответов есть ответ на почти такой же вопрос (сходство ${percent(similarity)}).`]
    : [
        `Ближайший одобренный вопрос похож только на ${percent(similarity)}, а нужно ${percent(MIN_APPROVED_SIMILARITY)}: это другой вопрос.`,
      ];
}

export function explainRewrite({ rewrite }: StoredTrace): string[] {
  if (rewrite === undefined) return [];
  const { model, question, failure } = rewrite;
  if (failure !== undefined) {
    return [`Модель ${model} должна была переписать вопрос с учётом переписки, но не ответила (${failure}).`];
  }
  return question === undefined
    ? [`Модель ${model} сочла, что вопрос понятен без переписки.`]
    : [`С учётом переписки модель ${model} поняла вопрос так: ${quoted(question)}.`];
}

const wordKinds: Record<string, string> = {
  known: 'есть в базе',
  synonym: 'в базе есть синоним',
  repaired: 'похоже на опечатку, взято близкое слово из базы',
  unknown: 'в базе нет',
};

type Leg = StoredTrace['candidates'][number]['lexical'];

/** Scores say nothing to a reader; the place among all candidates does. */
function placeIn(leg: Leg): string {
  if (leg === null || leg === undefined) return 'не найдено';
  if (leg.rank === 1) return 'лучшее совпадение';
  if (leg.rank <= 3) return 'одно из лучших';
  return leg.rank <= 10 ? 'в первой десятке' : 'слабое совпадение';
}

function candidateLine({
  title,
  heading,
  sourceKey,
  lexical,
  dense,
  foundBy,
}: StoredTrace['candidates'][number]) {
  const name = heading === '' ? (title ?? sourceKey) : heading;
  const legs = [
    `по словам — ${placeIn(lexical)}`,
    ...(dense === null || dense === undefined
      ? []
      : [`по смыслу — ${placeIn(dense)} (близость ${percent(dense.score)})`]),
  ];
  const by = foundBy === 'rewrite' ? '; по переписанному вопросу' : '';
  return `${quoted(name)} из ${sourceKey}: ${legs.join(', ')}${by}`;
}

/** What of the search did not work, or was not asked; empty while all of it does, and where it is not configured. */
export const explainSearchFailures = ({
  meaningFailure,
  rerankFailure,
  leftOut = [],
}: Pick<StoredTrace, 'meaningFailure' | 'rerankFailure'> & {
  leftOut?: readonly string[] | undefined;
}): string[] => [
  ...(leftOut.includes('meaning')
    ? ['Месячный лимит на модели исчерпан: искали только по словам, модель поиска по смыслу не спрашивали.']
    : []),
  ...(leftOut.includes('reranking')
    ? ['Месячный лимит на модели исчерпан: порядок остался от поиска, модель RERANK_MODEL не спрашивали.']
    : []),
  ...(meaningFailure === undefined
    ? []
    : [`Поиск по смыслу не удался, искали только по словам: ${failureText(meaningFailure)}.`]),
  ...(rerankFailure === undefined
    ? []
    : [
        `Модель RERANK_MODEL не расставила найденное, порядок остался от поиска: ${failureText(rerankFailure)}.`,
      ]),
];

/** `wasSearched`: false where the answer was found before anything was searched. */
export function explainSearch(
  { words, candidates, coverage, ...failures }: StoredTrace,
  wasSearched: boolean,
): string[] {
  if (!wasSearched) return ['В базе знаний не искали.'];
  const asked = words.map(({ word, kind }) => `${word} (${wordKinds[kind] ?? kind})`);
  return [
    ...(asked.length === 0 ? [] : [`Слова вопроса: ${asked.join(', ')}.`]),
    ...explainSearchFailures(failures),
    candidates.length === 0
      ? 'В базе знаний не нашлось ничего похожего.'
      : `В базе знаний найдено: ${counted(candidates.length, ['фрагмент', 'фрагмента', 'фрагментов'])}, лучшие сначала:`,
    ...candidates
      .slice(0, CANDIDATES)
      .map((candidate, index) => `  ${index + 1}. ${candidateLine(candidate)}`),
    ...(coverage === undefined
      ? []
      : [`Уверенность, что лучшая цитата из базы отвечает на вопрос: ${percent(coverage)}.`]),
  ];
}
