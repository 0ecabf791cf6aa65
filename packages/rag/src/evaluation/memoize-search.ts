import type { ChunkSearch } from '../ports.ts';
import type { Retriever } from '../retrieval/retriever.ts';

/** The same search twice is answered from memory: settings that only weigh what was found are tried without asking again. */
export function memoizeSearch({
  retriever,
  search,
}: {
  retriever: Retriever;
  search: Pick<ChunkSearch, 'stem'>;
}): { retriever: Retriever; search: Pick<ChunkSearch, 'stem'> } {
  return {
    retriever: { rank: memoize(retriever.rank), retrieve: memoize(retriever.retrieve) },
    search: { stem: memoize(search.stem) },
  };
}

function memoize<Query extends object, Result>(
  run: (query: Query) => Promise<Result>,
): (query: Query) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (query) => {
    const key = JSON.stringify({ ...query, signal: undefined });
    const result = known.get(key) ?? run(query);
    known.set(key, result);
    return result;
  };
}
