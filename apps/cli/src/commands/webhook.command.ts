import { createSubscriptions } from '@avito-autoreply/avito';
import { AppError } from '@avito-autoreply/runtime';
import { openAvito } from '../avito.ts';
import { tableLines } from '../output/table.ts';
import type { Command, CommandContext } from '../run-command.ts';

type Common = { account: number | undefined };

async function subscriptionsOf(context: CommandContext, common: Common) {
  const { avito, account } = await openAvito(context, common);
  const { userId, isNamedInPath, webhook } = account;
  return { subscriptions: createSubscriptions({ avito, token: webhook.token, isNamedInPath }), userId };
}

const owners = { ours: 'ours', 'probably-ours': 'probably ours', foreign: "another system's" } as const;

/** The package speaks to the management API as well, and cannot name our option. */
function withOption(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'webhook.foreign-subscription') throw error;
  throw new AppError(`${error.message} Here that is the option --replace.`, {
    code: error.code,
    cause: error,
  });
}

export function webhookRegister({
  url,
  replace,
  ...common
}: Common & { url: string; replace: boolean }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { subscriptions, userId } = await subscriptionsOf(context, common);
    const registration = await subscriptions.register({ userId, url, replace, signal }).catch(withOption);
    terminal.line(`${terminal.style('green', registration.outcome)}: ${registration.url}`);
    for (const removed of registration.removed) terminal.line(`took the place of ${removed}`);
    terminal.json({ accountId: userId, ...registration });
    return 0;
  };
}

export function webhookStatus(common: Common): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { subscriptions, userId } = await subscriptionsOf(context, common);
    const list = await subscriptions.list({ userId, signal });
    if (list.length === 0) terminal.line('No webhook is registered: Avito tells nobody about new messages.');
    for (const line of tableLines(list.map(({ url, owner }) => [owners[owner], url]))) terminal.line(line);
    terminal.json({ accountId: userId, subscriptions: list });
    return list.some(({ owner }) => owner !== 'foreign') ? 0 : 1;
  };
}

export function webhookUnregister({ url, ...common }: Common & { url: string | undefined }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { subscriptions, userId } = await subscriptionsOf(context, common);
    const removed = await subscriptions.unregister({ userId, url, signal });
    if (removed.length === 0) terminal.line('There was nothing to remove.');
    for (const each of removed) terminal.line(`removed: ${each}`);
    terminal.json({ accountId: userId, removed });
    return 0;
  };
}
