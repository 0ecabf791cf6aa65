import type { StoredChunk } from '../ports.ts';

/** What answers are made of: one chunk, or several neighbours as one text. */
export type Passage = {
  chunkIds: readonly number[];
  sourceKey: string;
  title: string;
  heading: string;
  question: string | null;
  content: string;
};

/** Joins chunks that follow one another under the same heading; a passage keeps the place of its best chunk. */
export function mergeNeighbours(ranked: readonly StoredChunk[]): Passage[] {
  const groups: StoredChunk[][] = [];
  for (const chunk of ranked) {
    const touching = groups.filter((group) => group.some((other) => areNeighbours(other, chunk)));
    const [first, second] = touching;
    if (first === undefined) {
      groups.push([chunk]);
      continue;
    }
    first.push(chunk, ...(second ?? []));
    if (second !== undefined) groups.splice(groups.indexOf(second), 1);
  }
  return groups.map(toPassage);
}

function areNeighbours(a: StoredChunk, b: StoredChunk): boolean {
  return (
    a.sourceKey === b.sourceKey &&
    a.heading === b.heading &&
    a.question === null &&
    b.question === null &&
    Math.abs(a.position - b.position) === 1
  );
}

function toPassage(group: readonly StoredChunk[]): Passage {
  const chunks = group.toSorted((a, b) => a.position - b.position);
  const [first] = chunks;
  return {
    chunkIds: chunks.map(({ chunkId }) => chunkId),
    sourceKey: first?.sourceKey ?? '',
    title: first?.title ?? '',
    heading: first?.heading ?? '',
    question: first?.question ?? null,
    content: chunks.map(({ content }) => content).reduce(joinOverlapping, ''),
  };
}

/** The next chunk repeats the last sentences of the one before; they are kept once. */
function joinOverlapping(before: string, next: string): string {
  if (before === '') return next;
  for (let length = Math.min(before.length, next.length); length > 8; length -= 1) {
    if (before.endsWith(next.slice(0, length))) return before + next.slice(length);
  }
  return `${before}\n${next}`;
}
