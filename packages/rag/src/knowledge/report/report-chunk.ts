import type { StoredChunk } from '../../ports.ts';

/** Where something stands, for the owner to find it. */
export type Place = { sourceKey: string; heading: string; text: string };

export type ReportChunk = { place: Place; itemId: number | null; heading: string; text: string };

export const toReportChunk = ({
  sourceKey,
  heading,
  question,
  content,
  itemId,
}: StoredChunk & { itemId: number | null }): ReportChunk => {
  const text = question === null ? content : `${question}\n${content}`;
  return { place: { sourceKey, heading, text }, itemId, heading, text };
};
