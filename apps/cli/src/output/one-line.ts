/** For lists: on one line, and no longer than is read at a glance. `--json` has the whole. */
export function oneLine(text: string, max = 120): string {
  const letters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : letters.join('');
}
