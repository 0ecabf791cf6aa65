import { foldForSearch } from '../text/normalize.ts';

type ChunkParts = { heading: string; question: string | null; content: string };

const joined = ({ heading, question, content }: ChunkParts) =>
  [heading, question ?? '', content].filter((part) => part !== '').join('\n');

/** What the lexical index holds of a chunk. */
export const textToIndex = (chunk: ChunkParts) => foldForSearch(joined(chunk));

/** What is embedded of a chunk. */
export const textToEmbed = joined;
