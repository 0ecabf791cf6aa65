/**
 * The question of a turn: all its texts in the order in which the buyer wrote them, one per line. Empty when there is
 * nothing to read in any of them (images, voice).
 */
export function questionOf(messages: readonly { text: string | null }[]): string {
  return messages
    .map(({ text }) => text?.trim() ?? '')
    .filter((text) => text !== '')
    .join('\n');
}
