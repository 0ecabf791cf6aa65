/** Whose traces are erased: those of one chat, or of a buyer in all chats with the account. */
export type ErasureSubject = { accountId: number; chatId: string } | { accountId: number; authorId: number };

/** The ids by which payloads and bodies are recognised. */
export type ErasedIds = { chatIds: readonly string[]; authorId?: number | undefined };

const AUTHOR_KEY = /author|buyer|user|sender|from/i;
// Webhook bodies are 4 deep; what is deeper was made to be so.
const DEEPEST = 12;

/**
 * True for a payload that names one of the chats anywhere, or the author where authors are named: numbers of other
 * things may be the same by chance.
 */
export function namesErased(value: unknown, { chatIds, authorId }: ErasedIds): boolean {
  const chats = new Set(chatIds);
  const author = authorId === undefined ? undefined : String(authorId);
  const names = (entry: unknown, key: string, depth: number): boolean => {
    if (typeof entry === 'string' && chats.has(entry)) return true;
    if (typeof entry === 'string' || typeof entry === 'number')
      return author !== undefined && AUTHOR_KEY.test(key) && String(entry) === author;
    if (typeof entry !== 'object' || entry === null || depth > DEEPEST) return false;
    if (Array.isArray(entry)) return entry.some((each) => names(each, key, depth + 1));
    // Of a list of users, as chats have it, the ids have no telling name of their own.
    return Object.entries(entry).some(([name, each]) => names(each, name === 'id' ? key : name, depth + 1));
  };
  return names(value, '', 0);
}
