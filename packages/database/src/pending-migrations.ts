import { AppError } from '@avito-autoreply/runtime';
import { problemWith, readServerFacts, type ServerFacts } from './extensions.ts';
import { MIGRATIONS_TABLE, migrationNames } from './migrations-folder.ts';
import { withClient } from './with-client.ts';

export type DatabaseInspection = ServerFacts & {
  pendingMigrations: string[];
  /** What keeps this server from being used at all: too old, or without an extension. */
  problem: AppError | undefined;
};

/** For `doctor`: versions, extensions and migrations that have not run. Changes nothing. */
export async function inspectDatabase({ url }: { url: string }): Promise<DatabaseInspection> {
  return withClient({
    url,
    work: async (client) => {
      const facts = await readServerFacts(client);
      const ledger = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
        `public.${MIGRATIONS_TABLE}`,
      ]);
      const done =
        ledger.rows[0]?.exists === true
          ? (await client.query<{ name: string }>(`select name from public.${MIGRATIONS_TABLE}`)).rows
          : [];
      const names = new Set(done.map(({ name }) => name));
      const pendingMigrations = (await migrationNames()).filter((name) => !names.has(name));
      return { ...facts, pendingMigrations, problem: problemWith(facts) };
    },
  });
}

/** Names of the migrations that have not run yet; empty when the schema is up to date. */
export async function pendingMigrations({ url }: { url: string }): Promise<string[]> {
  return (await inspectDatabase({ url })).pendingMigrations;
}

/** For start-up: throws `database.not-migrated` while migrations are pending. */
export async function assertMigrated({ url }: { url: string }): Promise<void> {
  const pending = await pendingMigrations({ url });
  if (pending.length === 0) return;
  throw new AppError(
    `the database is not up to date (pending: ${pending.join(', ')}): run \`npm run db:migrate\` first`,
    { code: 'database.not-migrated' },
  );
}
