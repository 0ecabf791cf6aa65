import { basename } from 'node:path';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { ExportFiles } from './export-files.ts';
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

/** An export, one document at a time, each fully checked. Throws `knowledge.bad-export`. */
export async function openExport(files: ExportFiles): Promise<{
  manifest: Manifest;
  /** In the order of their names. */
  documents: () => AsyncGenerator<ExportedDocument, void, undefined>;
}> {
  const manifest = parse(MANIFEST, manifestSchema, await read(files, MANIFEST));
  const keys = new Set(manifest.spaces.map(({ key }) => key));
  if (manifest.active_space !== null && manifest.documents > 0 && !keys.has(manifest.active_space))
    throw bad(MANIFEST, `the serving space ${manifest.active_space} is not among the spaces`);
  const names = (await files.list(DOCUMENTS)).filter((name) => name.endsWith('.json')).toSorted();
  if (names.length !== manifest.documents)
    throw bad(DOCUMENTS, `${names.length} documents are there, the manifest speaks of ${manifest.documents}`);
  return {
    manifest,
    documents: async function* () {
      for (const name of names) {
        const file = `${DOCUMENTS}/${name}`;
        const document = parse(file, documentSchema, await read(files, file));
        if (`${fileNameOf(document.key)}.json` !== name)
          throw bad(file, `the file of ${document.key} has another name (${fileNameOf(document.key)}.json)`);
        const vectors: SpaceVectors[] = [];
        for (const space of manifest.spaces) {
          const found = await readVectors({ files, space, name: basename(name, '.json'), document });
          if (found !== undefined) vectors.push(found);
        }
        yield { document, vectors };
      }
    },
  };
}

async function readVectors({
  files,
  space: { folder: spaceFolder, ...space },
  name,
  document,
}: {
  files: ExportFiles;
  space: Manifest['spaces'][number];
  name: string;
  document: DocumentFile;
}): Promise<SpaceVectors | undefined> {
  const file = `${VECTORS}/${spaceFolder}/${name}.jsonl`;
  const text = await tryRead(files, file);
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

/** Undefined where there is no such file; one that cannot be read is no export's. */
async function tryRead(files: ExportFiles, file: string): Promise<string | undefined> {
  try {
    return await files.read(file);
  } catch (error) {
    throw bad(file, `cannot be read (${errorMessage(error)})`, error);
  }
}

async function read(files: ExportFiles, file: string): Promise<string> {
  const text = await tryRead(files, file);
  if (text === undefined) throw bad(file, 'is not there: this is no export');
  return text;
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
