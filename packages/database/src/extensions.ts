import { AppError } from '@avito-autoreply/runtime';
import { type ClientBase, DatabaseError } from 'pg';

const MIN_POSTGRES_MAJOR = 15;
/** halfvec with HNSW and iterative index scans. */
const MIN_PGVECTOR = '0.8';

export type ServerFacts = {
  postgresMajor: number;
  /** `installed` in this database, `available` to be created; null where it is not. */
  extensions: Record<'vector' | 'pg_trgm', { installed: string | null; available: string | null }>;
};

export async function readServerFacts(client: ClientBase): Promise<ServerFacts> {
  const { rows } = await client.query<{
    version: number;
    name: string | null;
    installed: string | null;
    available: string | null;
  }>(
    `select current_setting('server_version_num')::int / 10000 as version, wanted.name, e.extversion as installed, a.default_version as available
       from unnest(array['vector', 'pg_trgm']) as wanted(name)
       left join pg_extension e on e.extname = wanted.name
       left join pg_available_extensions a on a.name = wanted.name`,
  );
  const of = (name: string) => {
    const row = rows.find((candidate) => candidate.name === name);
    return { installed: row?.installed ?? null, available: row?.available ?? null };
  };
  return {
    postgresMajor: rows[0]?.version ?? 0,
    extensions: { vector: of('vector'), pg_trgm: of('pg_trgm') },
  };
}

/** `0.10.1` is at least `0.8`. */
export function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}

/** What is wrong with this server, or undefined. Pure, so that `doctor` says the same as a failed migration. */
export function problemWith({ postgresMajor, extensions }: ServerFacts): AppError | undefined {
  const { vector, pg_trgm: trigram } = extensions;
  const version = vector.installed ?? vector.available;
  if (postgresMajor < MIN_POSTGRES_MAJOR) {
    return new AppError(
      `Postgres ${postgresMajor} is too old: version ${MIN_POSTGRES_MAJOR} or newer is needed`,
      { code: 'database.postgres-too-old' },
    );
  }
  if (version === null) {
    return new AppError(
      'Postgres has no pgvector: install it on the server (Debian: postgresql-<version>-pgvector; Docker: image pgvector/pgvector)',
      { code: 'database.pgvector-missing' },
    );
  }
  if (!isAtLeast(version, MIN_PGVECTOR)) {
    const canUpdate = vector.available !== null && isAtLeast(vector.available, MIN_PGVECTOR);
    return new AppError(
      `pgvector ${version} is too old: ${MIN_PGVECTOR} or newer is needed; ${
        canUpdate
          ? 'run `alter extension vector update` in this database'
          : 'install a newer one on the server, then run `alter extension vector update`'
      }`,
      { code: 'database.pgvector-too-old' },
    );
  }
  if (trigram.installed === null && trigram.available === null) {
    return new AppError(
      'Postgres has no pg_trgm: install the contrib modules on the server (Debian: part of postgresql-<version>)',
      { code: 'database.pg-trgm-missing' },
    );
  }
  return undefined;
}

/** Creates what is missing. Call it under the migration lock: two `create extension` at once collide. */
export async function ensureExtensions(client: ClientBase): Promise<void> {
  const facts = await readServerFacts(client);
  const problem = problemWith(facts);
  if (problem) throw problem;
  for (const name of ['vector', 'pg_trgm'] as const) {
    if (facts.extensions[name].installed !== null) continue;
    try {
      await client.query(`create extension ${name}`);
    } catch (error) {
      const isForbidden = error instanceof DatabaseError && error.code === '42501';
      throw new AppError(
        `create extension ${name} failed${isForbidden ? ': this database user may not; run it once as an administrator' : ''}`,
        { code: isForbidden ? 'database.extension-forbidden' : 'database.extension-failed', cause: error },
      );
    }
  }
}
