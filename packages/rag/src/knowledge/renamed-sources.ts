import { basename, extname } from 'node:path';
import { contentHash, contentPart, type Source } from '../sources/source.ts';

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
  const left = Map.groupBy(
    stored.filter(({ sourceKey }) => vanished.has(sourceKey)),
    (document) => contentPart(document.contentHash),
  );
  return sources.flatMap((source) => {
    if (known.has(source.key)) return [];
    const alike = left.get(contentPart(contentHash(source))) ?? [];
    // In a folder that was moved the names are the same as before.
    const sameName = alike.findIndex(({ sourceKey }) => nameOf(sourceKey) === source.name);
    const [from] = alike.splice(Math.max(0, sameName), 1);
    return from === undefined ? [] : [{ from: from.sourceKey, to: source.key }];
  });
}
