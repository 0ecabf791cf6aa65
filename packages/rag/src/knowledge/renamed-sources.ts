import { basename, extname } from 'node:path';
import { contentHash, type Source } from '../sources/source.ts';

type Rename = { from: string; to: string };
type Stored = { sourceKey: string; contentHash: string };

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
    // Each name takes a hash of the whole content; in a folder that was moved they are the same as before.
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

const MAX_NAMES = 50;
