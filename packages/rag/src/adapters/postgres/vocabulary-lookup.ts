import type { Pool } from 'pg';
import type { ChunkSearch, WordLookup } from '../../ports.ts';
import { searchQuery } from './run-query.ts';

// Low, because the stem of a misspelt word shares few trigrams with the right one; the caller weighs by edits.
const TRIGRAM_SIMILARITY = 0.2;
const CANDIDATES = 12;
// Below this length nearly every word of a base is similar.
const MIN_LENGTH_TO_REPAIR = 4;

type WordRow = { word: number; lexeme: string; chunks: number | null };
type SimilarRow = { asked: string; lexeme: string; chunks: number };

/** What the base's vocabulary says about each asked word, with similarly written ones where the base has not that word. */
export function createVocabularyLookup(pool: Pool): ChunkSearch['lookUpWords'] {
  const query = searchQuery(pool);
  return async ({ accountId, words }) => {
    const [bases, rows] = await Promise.all([
      query<{ chunks: string; terms: string }>(
        `select chunks, terms from knowledge_bases where account_id = $1`,
        [accountId],
      ),
      query<WordRow>(SAME_WORDS, [accountId, [...words]]),
    ]);
    const unknown = rows
      .filter(({ lexeme, chunks }) => chunks === null && lexeme.length >= MIN_LENGTH_TO_REPAIR)
      .map(({ lexeme }) => lexeme);
    const similar = unknown.length === 0 ? [] : await findSimilar({ query, accountId, lexemes: unknown });
    const chunkCount = Number(bases[0]?.chunks ?? 0);
    return {
      chunkCount,
      averageTerms: chunkCount === 0 ? 1 : Math.max(1, Number(bases[0]?.terms) / chunkCount),
      words: words.map((_, index) =>
        toLookup(
          rows.filter(({ word }) => word === index + 1),
          similar,
        ),
      ),
    };
  };
}

// OFFSET 0: a look-up per lexeme whatever the statistics say, as in the search.
const SAME_WORDS = `
  select w.n::int as word, a.lexeme, l.chunks
    from unnest($2::text[]) with ordinality as w(word, n), unnest(to_tsvector('russian', w.word)) as a
    left join lateral (select * from lexicon where account_id = $1 and lexeme = a.lexeme offset 0) as l on true`;

/**
 * Similarly written words. One slip of the finger (a letter left out, put in, replaced, or two swapped) leaves the
 * beginning or the end of a word as it was, so two ranges of the account's vocabulary hold all candidates, and the
 * words of the same family with them.
 */
const SIMILAR_WORDS = `
  select a.lexeme as asked, near.lexeme, near.chunks
    from unnest($2::text[], $3::text[], $4::text[]) as a(lexeme, beginning, ending)
   cross join lateral (
     select l.lexeme, l.chunks
       from (select lexeme, chunks from lexicon
              where account_id = $1 and lexeme >= a.beginning and lexeme < a.beginning || $7
              union
             select lexeme, chunks from lexicon
              where account_id = $1 and reverse(lexeme) collate "C" >= a.ending
                and reverse(lexeme) collate "C" < a.ending || $7) as l
      where similarity(l.lexeme, a.lexeme) >= $5
      order by similarity(l.lexeme, a.lexeme) desc, l.lexeme limit $6) as near`;
// Sorts after every letter.
const LAST_CHARACTER = '\u{10FFFF}';

function findSimilar({
  query,
  accountId,
  lexemes,
}: {
  query: ReturnType<typeof searchQuery>;
  accountId: number;
  lexemes: readonly string[];
}): Promise<SimilarRow[]> {
  const asked = [...new Set(lexemes)].map((lexeme) => Array.from(lexeme));
  // Together one letter less than the word: so a swap in its middle leaves one of the two whole.
  const beginningOf = (letters: readonly string[]) => Math.floor(letters.length / 2);
  return query<SimilarRow>(SIMILAR_WORDS, [
    accountId,
    asked.map((letters) => letters.join('')),
    asked.map((letters) => letters.slice(0, beginningOf(letters)).join('')),
    asked.map((letters) =>
      letters
        .slice(beginningOf(letters) + 1)
        .toReversed()
        .join(''),
    ),
    TRIGRAM_SIMILARITY,
    CANDIDATES,
    LAST_CHARACTER,
  ]);
}

function toLookup(rows: readonly WordRow[], similar: readonly SimilarRow[]): WordLookup {
  const lexemes = [...new Set(rows.map(({ lexeme }) => lexeme))];
  const same = rows.flatMap(({ lexeme, chunks }) =>
    chunks === null ? [] : [{ lexeme, chunks, isSame: true }],
  );
  const others = similar
    .filter(({ asked }) => lexemes.includes(asked))
    .map(({ lexeme, chunks }) => ({ lexeme, chunks, isSame: false }));
  return { lexemes, candidates: [...same, ...others] };
}
