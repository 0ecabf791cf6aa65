import { MEDIA_LABELS, unreadAmong } from '@avito-autoreply/rag';

// How it was said is nothing to search for.
const VOICE = MEDIA_LABELS.voice;

// What a buyer picks from a menu: its words are Avito's, and ask nothing. Searched for, a street finds some delivery.
const SHOWN: readonly string[] = ['location', 'item'];
const ADDRESSES = /https?:\/\/\S+/giu;

type TurnMessage = { text: string | null; type?: string; authorKind?: string };

const saysSomething = ({ type = 'text', text }: TurnMessage) =>
  !SHOWN.includes(type) && (text ?? '').replaceAll(ADDRESSES, '').trim() !== '';

/** What of a turn has no text. */
export const unreadOf = (messages: readonly TurnMessage[]) =>
  unreadAmong(
    messages
      .filter(({ authorKind, text }) => authorKind !== 'avito' && (text ?? '').trim() === '')
      .map(({ type = '' }) => type),
  );

/**
 * The question of a turn: all its texts in the order in which the buyer wrote them, one per line. Empty when there is
 * nothing to read in any of them (images and voice that no model has read, a place, a listing or a link without a word).
 * Beside a text a listing says what is meant, a place says nothing. Avito's own messages ask nothing.
 */
export function questionOf(messages: readonly TurnMessage[]): string {
  const ofBuyer = messages.filter(({ authorKind }) => authorKind !== 'avito');
  if (!ofBuyer.some(saysSomething)) return '';
  return ofBuyer
    .filter(({ type }) => type !== 'location')
    .map(({ text }) => text?.trim() ?? '')
    .map((text) => (text.startsWith(VOICE) ? text.slice(VOICE.length).trim() : text))
    .filter((text) => text !== '')
    .join('\n');
}
