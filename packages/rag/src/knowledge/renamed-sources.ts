import { basename, extname } from 'node:path';
import { contentHash, type Source } from '../sources/source.ts';

type Rename = { from: string; to: string };
type Stored = { sourceKey: string; contentHash: string };

/** More names are not tried: each costs a hash of every new file. */
const MAX_NAMES = 50;

/** The name that a source under this key has. */
const nameOf = (key: string) => basename(key, extname(key));

/**
 * Files that are there under another name: what vanished says word for word what a new one says. Its document is renamed,
 * so that what it says keeps its vectors. Pure.
 */
export function renamedSources({
  sources,
  stored,
  vanished,
}: {
  sources: readonly Source[];
  stored: readonly Stored[];
  /** Keys whose files are gone. */
  vanished: ReadonlySet<string>;
}): Rename[] {
  if (vanished.size === 0) return [];
  const known = new Set(stored.map(({ sourceKey }) => sourceKey));
  const left = new Map(
    stored
      .filter(({ sourceKey }) => vanished.has(sourceKey))
      .map((document) => [`${nameOf(document.sourceKey)} ${document.contentHash}`, document.sourceKey]),
  );
  const names = new Set([...left.values()].map(nameOf));
  return sources.flatMap((source) => {
    if (known.has(source.key)) return [];
    // In a folder that was moved the names are the same as before.
    for (const name of [source.name, ...(names.size > MAX_NAMES ? [] : names)]) {
      const place = `${name} ${contentHash({ ...source, name })}`;
      const from = left.get(place);
      if (from === undefined) continue;
      left.delete(place);
      return [{ from, to: source.key }];
    }
    return [];
  });
}
