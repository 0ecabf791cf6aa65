import { AppError } from '@avito-autoreply/runtime';
import type { Pool } from 'pg';
import { safeInteger, storableText, toJson } from '../values.ts';
import { createRunQuery, type RunQuery, withTransaction } from '../with-transaction.ts';

export type SettingsVersion = {
  version: number;
  settings: unknown;
  /** Who published it, and why; null where nobody said. */
  author: string | null;
  note: string | null;
  /** The version whose content this one repeats. */
  restoredFrom: number | null;
  createdAt: Date;
};

type VersionRow = {
  version: number;
  settings: unknown;
  author: string | null;
  note: string | null;
  restored_from: number | null;
  created_at: Date;
};

const toVersion = (row: VersionRow): SettingsVersion => ({
  version: row.version,
  settings: row.settings,
  author: row.author,
  note: row.note,
  restoredFrom: row.restored_from,
  createdAt: row.created_at,
});

type Change = {
  accountId: number;
  author?: string | undefined;
  note?: string | undefined;
  /** The version that the change was made from (null: none); another one that holds by now refuses it. */
  baseVersion?: number | null | undefined;
};

/** An account's answer settings: versions that are only ever added, one of which holds. */
export function createAnswerSettingsRepository(pool: Pool) {
  const run = createRunQuery(pool);

  const find = async (
    query: RunQuery,
    { accountId, version }: { accountId: number; version: number },
  ): Promise<SettingsVersion | undefined> => {
    const [row] = await query<VersionRow>(
      'select * from answer_settings_versions where account_id = $1 and version = $2',
      [safeInteger(accountId), version],
    );
    return row && toVersion(row);
  };

  const append = async (
    query: RunQuery,
    change: Change & { settings: unknown; restoredFrom?: number },
  ): Promise<SettingsVersion> => {
    const { accountId, author, note, restoredFrom } = change;
    const [row] = await query<VersionRow>(
      `insert into answer_settings_versions (account_id, version, settings, author, note, restored_from)
       select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5
         from answer_settings_versions where account_id = $1
       returning *`,
      [
        safeInteger(accountId),
        toJson(change.settings),
        author === undefined ? null : storableText(author),
        note === undefined ? null : storableText(note),
        restoredFrom ?? null,
      ],
    );
    if (!row) throw new Error('an insert returned no row');
    await query('update answer_settings set version = $2 where account_id = $1', [accountId, row.version]);
    return toVersion(row);
  };

  return {
    /** The version that holds; undefined while the account has no settings of its own. */
    async current({ accountId }: { accountId: number }): Promise<SettingsVersion | undefined> {
      const [row] = await run<VersionRow>(
        `select v.* from answer_settings s join answer_settings_versions v using (account_id, version)
          where s.account_id = $1`,
        [safeInteger(accountId)],
      );
      return row && toVersion(row);
    },

    find: (key: { accountId: number; version: number }) => find(run, key),

    /** The newest first. */
    async list({ accountId, limit = 50 }: { accountId: number; limit?: number }): Promise<SettingsVersion[]> {
      const rows = await run<VersionRow>(
        'select * from answer_settings_versions where account_id = $1 order by version desc limit $2',
        [safeInteger(accountId), limit],
      );
      return rows.map(toVersion);
    },

    /** A new version, which holds at once. Throws `answering.settings-changed` where it was made from an older one. */
    publish: (change: Change & { settings: unknown }): Promise<SettingsVersion> =>
      withTransaction(pool, async (query) => {
        await lockCurrent(query, change);
        return append(query, change);
      }),

    /** A new version with the content of an old one. Throws `answering.unknown-version` as well. */
    rollback: ({ version, ...change }: Change & { version: number }): Promise<SettingsVersion> =>
      withTransaction(pool, async (query) => {
        await lockCurrent(query, change);
        const old = await find(query, { accountId: change.accountId, version });
        if (old === undefined) {
          throw new AppError(
            `account ${change.accountId} has no version ${version} of its answer settings: list the versions`,
            { code: 'answering.unknown-version' },
          );
        }
        return append(query, { ...change, settings: old.settings, restoredFrom: version });
      }),
  };
}

/** Of two who publish at the same time the second waits here, and sees what the first has published. */
async function lockCurrent(query: RunQuery, { accountId, baseVersion }: Change): Promise<void> {
  await query('insert into answer_settings (account_id) values ($1) on conflict do nothing', [
    safeInteger(accountId),
  ]);
  const [row] = await query<{ version: number | null }>(
    'select version from answer_settings where account_id = $1 for update',
    [accountId],
  );
  const current = row?.version ?? null;
  if (baseVersion === undefined || baseVersion === current) return;
  throw new AppError(
    `the answer settings of account ${accountId} have changed meanwhile: ${nameOf(current)} holds, and the change was made from ${nameOf(baseVersion)}; read them again`,
    { code: 'answering.settings-changed' },
  );
}

const nameOf = (version: number | null) => (version === null ? 'no version' : `version ${version}`);
