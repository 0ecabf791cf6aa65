import type { StoredChunk } from '../../ports.ts';

/** Where something stands, for the owner to find it. */
export type Place = { sourceKey: string; heading: string; text: string };

export type ReportChunk = {
  place: Place;
  position: number;
  itemId: number | null;
  heading: string;
  question: string | null;
  text: string;
};

export const toReportChunk = ({
  sourceKey,
  position,
  heading,
  question,
  content,
  itemId,
}: StoredChunk & { itemId: number | null }): ReportChunk => {
  const text = question === null ? content : `${question}\n${content}`;
  return { place: { sourceKey, heading, text }, position, itemId, heading, question, text };
};

/**
 * By source and position, and not by ids: documents of one sync are written side by side, now this one first and now that.
 */
export function byPlace(
  a: Pick<ReportChunk, 'place' | 'position'>,
  b: Pick<ReportChunk, 'place' | 'position'>,
): number {
  const [one, other] = [a.place.sourceKey, b.place.sourceKey];
  if (one === other) return a.position - b.position;
  return one < other ? -1 : 1;
}
