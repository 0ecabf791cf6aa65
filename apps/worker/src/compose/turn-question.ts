/**
 * The question of a turn: all its texts in the order in which the buyer wrote them, one per line. Empty when there is
 * nothing to read in any of them (images, voice). Avito's own messages ask nothing.
 */
export function questionOf(messages: readonly { text: string | null; authorKind?: string }[]): string {
  return messages
    .filter(({ authorKind }) => authorKind !== 'avito')
    .map(({ text }) => text?.trim() ?? '')
    .filter((text) => text !== '')
    .join('\n');
}
