import { expect, test } from 'vitest';
import { fileNameOf, FORMAT, toJson } from './format.ts';
import { openExport } from './read-export.ts';

const name = fileNameOf('a.md');
const space = { key: 'model|native|none', model: 'model', dimensions: 2, folder: 'model' };
const document = {
  key: 'a.md',
  title: 'a',
  kind: 'markdown',
  content_hash: 'x',
  item_id: null,
  chunks: [{ heading: '', question: null, content: 'Карта.' }],
};
const manifest = { format: FORMAT, documents: 1, spaces: [space], active_space: null, sources: [] };

type Given = { manifest?: object; document?: object; vector?: unknown };

/** Reads all of an export in which something is otherwise. */
async function read(given: Given): Promise<void> {
  const files = new Map([
    ['manifest.json', toJson({ ...manifest, ...given.manifest })],
    [`documents/${name}.json`, toJson({ ...document, ...given.document })],
    [
      `vectors/model/${name}.jsonl`,
      `${JSON.stringify({ position: 1, vector: given.vector ?? [0.5, -0.5] })}\n`,
    ],
  ]);
  const { documents } = await openExport({
    list: async () => [`${name}.json`],
    read: async (path) => files.get(path),
  });
  for await (const each of documents()) expect(each.document.key).toBe('a.md');
}

test('an export is read with its vectors', async () => {
  await expect(read({})).resolves.toBeUndefined();
});

// What the database would refuse must be told before anything is written.
test.each<[string, Given]>([
  ['a number that no half float is', { vector: [70_000, 1] }],
  ['a vector without a direction', { vector: [0, 0] }],
  ['another number of dimensions', { vector: [1] }],
  ['more dimensions than can be stored', { manifest: { spaces: [{ ...space, dimensions: 16_001 }] } }],
  ['a hash with the character NUL', { document: { content_hash: 'a\0b' } }],
  ['a kind with the character NUL', { document: { kind: 'text\0' } }],
  ['a space with half a character', { manifest: { spaces: [{ ...space, key: 'model\uD800' }] } }],
  [
    'an address with the character NUL',
    {
      manifest: {
        sources: [{ key: 'https://shop.example/\0', kind: 'url', item_id: null, every_minutes: null }],
      },
    },
  ],
])('an export that cannot be stored is refused: %s', async (_, given) => {
  await expect(read(given)).rejects.toMatchObject({ code: 'knowledge.bad-export' });
});
