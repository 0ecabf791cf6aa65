import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));

/** The ledger of node-pg-migrate: one row for each file that has run. */
export const MIGRATIONS_TABLE = 'autoreply_migrations';

/** Names in the order in which they run, as the ledger writes them: without `.sql`. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(migrationsFolder);
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .toSorted();
}
