import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import {
  type DocumentFile,
  documentSchema,
  DOCUMENTS,
  fileNameOf,
  MANIFEST,
  type Manifest,
  manifestSchema,
  vectorLineSchema,
  VECTORS,
} from './format.ts';
import type { SpaceVectors } from './transfer-store.ts';

export type ExportedDocument = { document: DocumentFile; vectors: SpaceVectors[] };

const bad = (file: string, problem: string, cause?: unknown) =>
  new AppError(`${file}: ${problem}; nothing was imported`, { code: 'knowledge.bad-export', cause });

/** An export on disk, one document at a time, each fully checked. Throws `knowledge.bad-export`. */
export async function openExport(folder: string): Promise<{
  manifest: Manifest;
  /** In the order of their names. */
  documents: () => AsyncGenerator<ExportedDocument, void, undefined>;
}> {
  const manifest = parse(MANIFEST, manifestSchema, await read(folder, MANIFEST));
  const keys = new Set(manifest.spaces.map(({ key }) => key));
  if (manifest.active_space !== null && manifest.documents > 0 && !keys.has(manifest.active_space))
    throw bad(MANIFEST, `the serving space ${manifest.active_space} is not among the spaces`);
  const names = (await list(join(folder, DOCUMENTS))).filter((name) => name.endsWith('.json')).toSorted();
  if (names.length !== manifest.documents)
    throw bad(DOCUMENTS, `${names.length} documents are there, the manifest speaks of ${manifest.documents}`);
  return {
    manifest,
    documents: async function* () {
      for (const name of names) {
        const file = `${DOCUMENTS}/${name}`;
        const document = parse(file, documentSchema, await read(folder, file));
        if (`${fileNameOf(document.key)}.json` !== name)
          throw bad(file, `the file of ${document.key} has another name (${fileNameOf(document.key)}.json)`);
        const vectors: SpaceVectors[] = [];
        for (const space of manifest.spaces) {
          const found = await readVectors({ folder, space, name: basename(name, '.json'), document });
          if (found !== undefined) vectors.push(found);
        }
        yield { document, vectors };
      }
    },
  };
}

async function readVectors({
  folder,
  space: { folder: spaceFolder, ...space },
  name,
  document,
}: {
  folder: string;
  space: Manifest['spaces'][number];
  name: string;
  document: DocumentFile;
}): Promise<SpaceVectors | undefined> {
  const file = `${VECTORS}/${spaceFolder}/${name}.jsonl`;
  const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const vectors: (number[] | undefined)[] = document.chunks.map(() => undefined);
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const { position, vector } = parse(`${file}, line ${index + 1}`, vectorLineSchema, line);
    if (vector.length !== space.dimensions)
      throw bad(file, `line ${index + 1} has ${vector.length} dimensions, the space ${space.dimensions}`);
    if (position > vectors.length || vectors[position - 1] !== undefined)
      throw bad(file, `line ${index + 1}: the document has no chunk ${position}, or it came before`);
    vectors[position - 1] = vector;
  }
  return { space, vectors };
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function read(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    throw bad(join(folder, file), `cannot be read (${errorMessage(error)}): this is no export`, error);
  }
}

function parse<Schema extends z.ZodType>(file: string, schema: Schema, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(file, errorMessage(error), error);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw bad(file, z.prettifyError(result.error).replaceAll('\n', ' '));
}
