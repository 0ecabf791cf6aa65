import type { AskedTerm } from '../retrieval/term-weights.ts';
import { sayingWords } from '../retrieval/filler-words.ts';
import { foldedWords } from '../text/normalize.ts';
import type { HistoryMessage } from './answer.ts';
import { needsRewrite } from './rewrite-question.ts';

/** A message that names more things than this stands by itself. */
const MAX_OWN_WORDS = 3;
/** Words of the message before count for less: they are the setting, not the question. */
const CONTEXT_SHARE = 0.5;

/**
 * „Гарантия на телефоны есть?“ – „Да.“ – „А на ноуты?“: without a model to rewrite it, a short message is searched
 * together with the buyer's message before it. Undefined where it stands by itself.
 */
export function withMessageBefore({
  question,
  history,
}: {
  question: string;
  history: readonly HistoryMessage[];
}): string | undefined {
  const before = history.findLast(({ author }) => author === 'buyer')?.text;
  if (before === undefined || !needsRewrite({ question, history })) return undefined;
  const own = sayingWords(question);
  return own.length === 0 || own.length > MAX_OWN_WORDS ? undefined : `${question}\n${before}`;
}

/** The words of a message, and all words with those of the message before at a lower weight. */
export function partContext(asked: readonly AskedTerm[], question: string) {
  const words = new Set(foldedWords(question));
  const isOwn = ({ word }: AskedTerm) => words.has(word);
  return {
    own: asked.filter(isOwn),
    context: asked.filter((term) => !isOwn(term)),
    all: asked.map((term) => (isOwn(term) ? term : { ...term, mass: term.mass * CONTEXT_SHARE })),
  };
}
