/**
 * Replaces what stands between an opening and the first closing behind it, both included. `opening` is global; `closing`
 * gives the global pattern for what was opened. In one pass: where nothing closes an opening, nothing closes a later one
 * of its kind, which a pattern for both would look for again from each of them.
 */
export function replaceEnclosed({
  text,
  opening,
  closing,
  replacement,
}: {
  text: string;
  opening: RegExp;
  closing: (opened: RegExpExecArray) => RegExp;
  replacement: (enclosed: { opened: RegExpExecArray; inner: string }) => string;
}): string {
  const unclosed = new Set<string>();
  let done = '';
  let at = 0;
  opening.lastIndex = 0;
  for (let opened = opening.exec(text); opened !== null; opened = opening.exec(text)) {
    const start = opening.lastIndex;
    opening.lastIndex = opened.index + 1;
    const end = closing(opened);
    if (unclosed.has(end.source)) continue;
    end.lastIndex = start;
    const closed = end.exec(text);
    if (closed === null) {
      unclosed.add(end.source);
      continue;
    }
    done += text.slice(at, opened.index) + replacement({ opened, inner: text.slice(start, closed.index) });
    at = end.lastIndex;
    opening.lastIndex = at;
  }
  return done + text.slice(at);
}
