import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { AppError, errorMessage } from '@avito-autoreply/runtime';
import { privateFolder } from '../private-folder.ts';

export type Database = {
  execute: (messages: Buffer) => Promise<Buffer>;
  close: () => Promise<void>;
};

const SETTINGS = [
  // BullMQ's tables live in a schema of their own; the one session must find ours and theirs.
  'search_path=public,bullmq',
  // PGlite's default of 128 MB is memory that a small base never fills.
  'shared_buffers=32MB',
  // No autovacuum analyses tables here, so a plan that was kept could stay that of an empty table.
  'plan_cache_mode=force_custom_plan',
];

/**
 * Opens PGlite with pgvector and pg_trgm loaded, in `<dataDir>/postgres` or in memory.
 * Committed rows survive a kill of the process, not a loss of power: PGlite runs without fsync.
 * Throws AppError `embedded.data-folder` when the folder does not open.
 */
export async function openDatabase({ dataDir }: { dataDir: string | undefined }): Promise<Database> {
  const folder = dataDir === undefined ? undefined : join(dataDir, 'postgres');
  const isComplete = folder === undefined ? undefined : `${folder}.complete`;
  if (folder !== undefined && isComplete !== undefined && existsSync(folder) && !existsSync(isComplete)) {
    // Killed while the very first start was writing it: nobody was ever told that a row is safe in there.
    renameSync(folder, `${folder}.incomplete-${Date.now()}`);
  }
  if (folder !== undefined) privateFolder(folder);
  const db = await createPglite(folder);
  if (isComplete !== undefined) writeFileSync(isComplete, '');
  return {
    execute: async (messages) => {
      const chunks: Buffer[] = [];
      await db.execProtocolRawStream(messages, {
        // The chunk is a window into memory that the next one overwrites.
        onRawData: (chunk) => chunks.push(Buffer.from(chunk)),
      });
      return Buffer.concat(chunks);
    },
    close: () => db.close(),
  };
}

async function createPglite(folder: string | undefined): Promise<PGlite> {
  try {
    return await PGlite.create({
      ...(folder === undefined ? {} : { dataDir: folder }),
      extensions: { vector, pg_trgm },
      startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
    });
  } catch (cause) {
    throw new AppError(
      `the database in ${folder ?? 'memory'} does not open (${errorMessage(cause)}): move the folder away to start empty, or bring back a copy`,
      { code: 'embedded.data-folder', cause },
    );
  }
}
