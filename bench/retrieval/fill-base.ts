import { createKnowledgeRepositories, type Pool } from '@avito-autoreply/database';
import { shopWords } from './shop-words.ts';
import { createTextSource } from './synthetic-text.ts';
import { createVectorSource } from './synthetic-vectors.ts';

const DIMENSIONS = 1_536;
export const SPACE = { key: `synthetic|${DIMENSIONS}|none`, model: 'synthetic', dimensions: DIMENSIONS };
const CHUNKS_PER_DOCUMENT = 50;

export type Question = { text: string; vector: number[]; account: number };

/**
 * Writes a knowledge base of `chunks` chunks with vectors through the product's own repositories, and returns
 * `questions` questions about chunks spread over it. With `isFilled` nothing is written: the seed gives the same questions.
 */
export async function fillBase({
  pool,
  account,
  chunks,
  words,
  questions,
  seed,
  isFilled,
  onProgress,
}: {
  pool: Pool;
  account: number;
  chunks: number;
  words: number;
  questions: number;
  seed: number;
  isFilled: boolean;
  onProgress: (done: number) => void;
}): Promise<Question[]> {
  const { documents } = createKnowledgeRepositories(pool);
  const texts = createTextSource({ seed, words, known: await shopWords() });
  const vectors = createVectorSource({ seed, dimensions: DIMENSIONS });
  const asked: Question[] = [];
  const every = Math.max(1, Math.floor(chunks / Math.max(1, questions)));
  for (let from = 0; from < chunks; from += CHUNKS_PER_DOCUMENT) {
    const length = Math.min(CHUNKS_PER_DOCUMENT, chunks - from);
    const part = Array.from({ length }, (_, index) => {
      const content = texts.chunk();
      const { latent, vector } = vectors.ofChunk();
      if (asked.length < questions && (from + index) % every === 0) {
        const about = { text: texts.questionAbout(content), vector: vectors.ofQuestion(latent) };
        asked.push({ ...about, account });
      }
      return { heading: `Раздел ${from}`, question: null, content, searchText: content, vector };
    });
    if (!isFilled) {
      const document = { accountId: account, sourceKey: `part-${from}`, title: `Часть ${from}` };
      await documents.replace({ ...document, contentHash: `${seed}`, chunks: part, space: SPACE });
    }
    onProgress(from + length);
  }
  return asked;
}
