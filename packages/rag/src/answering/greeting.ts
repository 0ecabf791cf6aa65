import { greets } from './classify-message.ts';
import type { HistoryMessage } from './answer.ts';

export type GreetingManner = 'mirror' | 'always' | 'never';

const GREETING =
  /^\s*(?:здравствуйте|здравствуй|приветствую|привет|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|доброй ночи|hello|hi|good (?:day|morning|evening))(?:,? [А-ЯЁA-Z][\p{L}-]+)?\s*[!.,…)]*\s*/iu;

const isAnswered = (history: readonly HistoryMessage[]) => history.some(({ author }) => author === 'us');

/** Without the greeting at its beginning; what is nothing but a greeting stays. */
function bareOf(text: string): string {
  const bare = text.replace(GREETING, '');
  if (bare === '' || bare === text) return text;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** The owner's prepared text: as it is in the first answer of a chat, later without its greeting. */
export const withoutSecondGreeting = ({
  text,
  history,
}: {
  text: string;
  history: readonly HistoryMessage[];
}): string => (isAnswered(history) ? bareOf(text) : text);

const CYRILLIC = /\p{Script=Cyrillic}/u;

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
  // Nothing but a greeting: then it is the answer.
  if (text.replace(GREETING, '') === '') return text;
  const said = bareOf(text);
  const wanted = !isAnswered(history) && (manner === 'always' || (manner === 'mirror' && greets(question)));
  if (!wanted) return said;
  return `${CYRILLIC.test(question) || CYRILLIC.test(said) ? 'Здравствуйте' : 'Hello'}! ${said}`;
}
