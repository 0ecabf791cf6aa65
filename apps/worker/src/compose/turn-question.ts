import { MEDIA_LABELS } from '@avito-autoreply/rag';

// How it was said is nothing to search for.
const VOICE = MEDIA_LABELS.voice;

/**
 * The question of a turn: all its texts in the order in which the buyer wrote them, one per line. Empty when there is
 * nothing to read in any of them (images and voice that no model has read). Avito's own messages ask nothing.
 */
export function questionOf(messages: readonly { text: string | null; authorKind?: string }[]): string {
  return messages
    .filter(({ authorKind }) => authorKind !== 'avito')
    .map(({ text }) => text?.trim() ?? '')
    .map((text) => (text.startsWith(VOICE) ? text.slice(VOICE.length).trim() : text))
    .filter((text) => text !== '')
    .join('\n');
}
