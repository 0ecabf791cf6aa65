import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../random.ts';
import { misspell } from '../retrieval/synthetic-text.ts';

/** A copy of a BEIR folder whose queries have slips in a share of their words; the same ones for the same seed. */
export async function misspeltFolder({
  folder,
  share,
  seed,
}: {
  folder: string;
  share: number;
  seed: number;
}): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'bench-xquad-'));
  await cp(folder, copy, { recursive: true });
  const random = createRandom(seed);
  const lines = (await readFile(join(folder, 'queries.jsonl'), 'utf8')).split('\n').filter(Boolean);
  const misspelt = lines.map((line) => {
    const query = JSON.parse(line) as { text: string };
    const text = query.text.replaceAll(/\p{L}+/gu, (word) =>
      random() < share ? misspell(word, random) : word,
    );
    return JSON.stringify({ ...query, text });
  });
  await writeFile(join(copy, 'queries.jsonl'), misspelt.join('\n'));
  return copy;
}
