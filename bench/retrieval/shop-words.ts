import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** Words of the example shops, the most frequent first: the built-in lexicon widens a question with these words only. */
export async function shopWords(): Promise<string[]> {
  const counts = new Map<string, number>();
  for await (const file of glob('**/*.md', { cwd: examples })) {
    const text = await readFile(`${examples}/${file}`, 'utf8');
    for (const word of text.toLowerCase().match(/[а-яё]{3,}/g) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([one, count], [other, more]) => more - count || one.localeCompare(other, 'ru'))
    .map(([word]) => word);
}
