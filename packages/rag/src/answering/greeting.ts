import { greets } from './classify-message.ts';
import type { HistoryMessage } from './answer.ts';

export type GreetingManner = 'mirror' | 'always' | 'never';

const GREETING =
  /^\s*(?:здравствуйте|здравствуй|приветствую|привет|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|доброй ночи|hello|hi|good (?:day|morning|evening))(?:,? [А-ЯЁA-Z][\p{L}-]+)?\s*[!.,…)]*\s*/iu;

/** One greeting per chat: an answer's own is taken off, and ours is put before the first answer where it belongs. */
export function greetOnce({
  text,
  question,
  history,
  manner = 'mirror',
}: {
  text: string;
  question: string;
  history: readonly HistoryMessage[];
  manner?: GreetingManner | undefined;
}): string {
  const bare = text.replace(GREETING, '');
  // Nothing but a greeting: then it is the answer.
  if (bare === '') return text;
  const said = bare === text ? text : bare.charAt(0).toUpperCase() + bare.slice(1);
  const isFirst = !history.some(({ author }) => author === 'us');
  const wanted = isFirst && (manner === 'always' || (manner === 'mirror' && greets(question)));
  return wanted ? `Здравствуйте! ${said}` : said;
}
