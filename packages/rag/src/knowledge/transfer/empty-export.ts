import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { DOCUMENTS, MANIFEST, VECTORS } from './format.ts';

/** Makes the folder where it is missing, and takes away the export that is in it. Throws `knowledge.bad-folder` and `knowledge.folder-in-use`. */
export async function emptyExport(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AppError(`${folder} cannot be made (${errorMessage(cause)}): choose an empty folder`, {
      code: 'knowledge.bad-folder',
      cause,
    });
  });
  // Somebody's `documents` are no less his own for being called so.
  const foreign = await foreignIn(folder);
  if (foreign !== undefined) {
    throw new AppError(`${folder} holds other files (${foreign}): choose an empty folder`, {
      code: 'knowledge.folder-in-use',
    });
  }
  for (const name of [MANIFEST, DOCUMENTS, VECTORS]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

// As `fileNameOf` makes them, with the ending of a file or of none for a folder.
const WRITTEN_BY_US = /-[\da-f]{8}(?:\.jsonl?)?$/;
const anyManifest = z.object({ format: z.number(), spaces: z.array(z.unknown()) });

/** The first entry that no export of ours has written. */
async function foreignIn(folder: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    // Version control keeps its own folder beside the export.
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (name === MANIFEST) {
      if (!(await isManifest(path))) return name;
    } else if (name === DOCUMENTS || name === VECTORS) {
      const entries = await readdir(path, { recursive: true }).catch(() => undefined);
      if (entries === undefined) return name;
      const other = entries.find((entry) => !WRITTEN_BY_US.test(entry));
      if (other !== undefined) return join(name, other);
    } else {
      return name;
    }
  }
  return undefined;
}

async function isManifest(path: string): Promise<boolean> {
  try {
    return anyManifest.safeParse(JSON.parse(await readFile(path, 'utf8'))).success;
  } catch {
    return false;
  }
}
