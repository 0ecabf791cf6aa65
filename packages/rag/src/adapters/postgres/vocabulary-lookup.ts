import type { Pool } from 'pg';
import type { ChunkSearch, WordLookup } from '../../ports.ts';
import { searchQuery } from './run-query.ts';

// Low, because the stem of a misspelt word shares few trigrams with the right one; the caller weighs by edits.
const TRIGRAM_SIMILARITY = 0.2;
const CANDIDATES = 12;
// Below this length nearly every word of a base is similar.
const MIN_LENGTH_TO_REPAIR = 4;

/** Of three kinds: the base's figures, a lexeme of an asked word, and a lexeme similar to one that the base has not. */
type Row = { kind: 'base'; chunks: string; terms: string } | WordRow | SimilarRow;
type WordRow = { kind: 'word'; word: number; lexeme: string; chunks: string | null };
type SimilarRow = { kind: 'similar'; asked: string; lexeme: string; chunks: string };

/** What the base's vocabulary says about each asked word, with similarly written ones where the base has not that word. */
export function createVocabularyLookup(pool: Pool): ChunkSearch['lookUpWords'] {
  const query = searchQuery(pool);
  return async ({ accountId, words: written, others = [] }) => {
    const words = [...written, ...others];
    const rows = await query<Row>(LOOK_UP, [accountId, words, written.length], 'rag.look-up');
    const base = rows.find((row) => row.kind === 'base');
    const chunkCount = Number(base?.chunks ?? 0);
    const ofWord = Map.groupBy(
      rows.filter((row) => row.kind === 'word'),
      ({ word }) => word,
    );
    const similarTo = Map.groupBy(
      rows.filter((row) => row.kind === 'similar'),
      ({ asked }) => asked,
    );
    return {
      chunkCount,
      averageTerms: chunkCount === 0 ? 1 : Math.max(1, Number(base?.terms) / chunkCount),
      words: words.map((_, index) => toLookup(ofWord.get(index + 1) ?? [], similarTo)),
    };
  };
}

/**
 * Of the thousands of words with a common beginning or ending, those that may be taken for the asked one at all: as long
 * as an edit similarity of 0.6 allows, or of its family. To compare trigrams takes many times as long.
 */
const MAY_BE_MEANT = `
  (5 * char_length(lexeme) >= 3 * u.length and 5 * u.length >= 3 * char_length(lexeme)
   or u.length >= 5 and (starts_with(lexeme, left(u.lexeme, 5)) or right(lexeme, u.length) = u.lexeme))`;

/**
 * One statement, because it stands before every answer. Similarly written words: one slip of the finger (a letter left
 * out, put in, replaced, or two swapped) leaves the beginning or the end of a word as it was, so two ranges of the
 * account's vocabulary hold all candidates, and the words of the same family with them. The two are together one letter
 * shorter than the word: so a swap in its middle leaves one of them whole. Of four letters the ending has two all the
 * same: that swap leaves too few trigrams anyway, and a range by one letter holds a tenth of the vocabulary. U+10FFFF
 * sorts after every letter. OFFSET 0: a look-up per lexeme whatever the statistics say, as in the search.
 */
const LOOK_UP = `
  with words as (
    select w.n::int as word, a.lexeme, l.chunks
      from unnest($2::text[]) with ordinality as w(word, n), unnest(to_tsvector('russian', w.word)) as a
      left join lateral (select * from lexicon where account_id = $1 and lexeme = a.lexeme offset 0) as l on true
  ), unknown as (
    select distinct lexeme, char_length(lexeme) as length, left(lexeme, char_length(lexeme) / 2) as beginning,
           left(reverse(lexeme), greatest((char_length(lexeme) - 1) / 2, 2)) as ending
      from words where chunks is null and word <= $3 and char_length(lexeme) >= ${MIN_LENGTH_TO_REPAIR}
  ), similar_ones as (
    select u.lexeme as asked, near.*
      from unknown u cross join lateral (
           select lexeme, likeness
             from (select each.lexeme, similarity(each.lexeme, u.lexeme) as likeness
                     from (select lexeme from lexicon
                            where account_id = $1 and lexeme >= u.beginning and lexeme < u.beginning || U&'\\+10FFFF'
                              and ${MAY_BE_MEANT}
                            union
                           select lexeme from lexicon
                            where account_id = $1 and reverse(lexeme) collate "C" >= u.ending
                              and reverse(lexeme) collate "C" < u.ending || U&'\\+10FFFF'
                              and ${MAY_BE_MEANT}) as each offset 0) as compared
            where likeness >= ${TRIGRAM_SIMILARITY}
            order by likeness desc, lexeme limit ${CANDIDATES}) as near
  )
  select 'base' as kind, null::int as word, null as asked, null as lexeme, null::real as likeness, chunks, terms
    from knowledge_bases where account_id = $1
   union all
  select 'word', word, null, lexeme, null, chunks, null from words
   union all
  select 'similar', null, s.asked, s.lexeme, s.likeness, l.chunks, null
    from similar_ones s cross join lateral (
         select * from lexicon where account_id = $1 and lexeme = s.lexeme offset 0) as l
   order by likeness desc`;

function toLookup(own: readonly WordRow[], similarTo: ReadonlyMap<string, SimilarRow[]>): WordLookup {
  const lexemes = [...new Set(own.map(({ lexeme }) => lexeme))];
  const same = own.flatMap(({ lexeme, chunks }) =>
    chunks === null ? [] : [{ lexeme, chunks: Number(chunks), isSame: true }],
  );
  const others = lexemes
    .flatMap((lexeme) => similarTo.get(lexeme) ?? [])
    .map(({ lexeme, chunks }) => ({ lexeme, chunks: Number(chunks), isSame: false }));
  return { lexemes, candidates: [...same, ...others] };
}
