import { createRepositories } from '@avito-autoreply/database';
import { selectAccountId } from './account.ts';
import { openDatabase } from './database.ts';
import type { CommandContext } from './run-command.ts';

/** The account that a command means, and the repositories that it works on. */
export async function openAccount(context: CommandContext, wanted: number | undefined) {
  const accountId = await selectAccountId({ environment: context.environment, wanted });
  return { accountId, ...createRepositories(await openDatabase(context)) };
}
