import { createSubscriptions, inspectAccess, withoutToken } from '@avito-autoreply/avito';
import { accessConfig, accessEnv, loadConfig } from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { openAvito } from '../avito.ts';
import { withKnownDatabase } from '../database.ts';
import { minuteOf } from '../output/minute.ts';
import { tableLines } from '../output/table.ts';
import type { Command, CommandContext } from '../run-command.ts';

type Common = { account: number | undefined };

async function subscriptionsOf(context: CommandContext, common: Common) {
  const { avito, account } = await openAvito(context, common);
  const { userId, webhook, isNamedInPath } = account;
  const { token } = webhook;
  const subscriptions = createSubscriptions({ avito, token, isNamedInPath });
  return { avito, token, isNamedInPath, subscriptions, userId };
}

const owners = { ours: 'ours', 'probably-ours': 'probably ours', foreign: "another system's" } as const;

// The package speaks to the management API as well, and cannot name our options.
const optionFor: Record<string, string> = {
  'webhook.foreign-subscription': '--replace',
  'webhook.unreachable': '--skip-probe',
};

function withOption(error: unknown): never {
  const option = error instanceof AppError ? optionFor[error.code] : undefined;
  if (!(error instanceof AppError) || option === undefined) throw error;
  throw new AppError(`${error.message} Here that is the option ${option}.`, {
    code: error.code,
    cause: error,
  });
}

type RegisterOptions = Common & { url: string; replace: boolean; skipProbe: boolean };

export function webhookRegister({ url, replace, skipProbe, ...common }: RegisterOptions): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { subscriptions, userId, token } = await subscriptionsOf(context, common);
    const registration = await subscriptions
      .register({ userId, url, replace, skipProbe, signal })
      .catch(withOption);
    const shown = withoutToken({ url: registration.url, token });
    await withKnownDatabase(context, ({ webhooks }) =>
      webhooks.saveRegistration({ accountId: userId, url: shown }),
    );
    terminal.line(`${terminal.style('green', registration.outcome)}: ${registration.url}`);
    for (const removed of registration.removed) terminal.line(`took the place of ${removed}`);
    for (const { message } of registration.warnings) terminal.note(`warning: ${message}`);
    terminal.json({ accountId: userId, ...registration });
    return 0;
  };
}

export function webhookStatus(common: Common): Command {
  return async (context) => {
    const { environment, terminal, signal } = context;
    const { avito, userId, token: webhookToken, isNamedInPath } = await subscriptionsOf(context, common);
    const { publicUrl } = accessConfig(loadConfig(accessEnv, environment));
    const stored = await withKnownDatabase(context, async ({ webhooks }) => ({
      lastEventAt: await webhooks.lastEventAt({ accountId: userId }),
      registered: await webhooks.findRegistration({ accountId: userId }),
    }));
    const expectedUrl = publicUrl ?? stored?.registered?.url;
    const report = await inspectAccess({
      avito,
      userId,
      webhookToken,
      isNamedInPath,
      expectedUrl,
      signal,
    });
    const { token, isTokenGranted, subscriptions, problems } = report;

    if (subscriptions?.length === 0) terminal.line('No webhook is registered.');
    const rows = (subscriptions ?? []).map(({ url, owner }) => [owners[owner], url]);
    for (const line of tableLines(rows)) terminal.line(line);
    const ends = token?.expiresAt ? `, ends ${minuteOf(token.expiresAt)}` : '';
    const renewal = token?.hasRefreshToken === true ? ', with a refresh token' : '';
    terminal.line(`token: ${isTokenGranted ? `granted${ends}${renewal}` : terminal.style('red', 'refused')}`);
    if (stored !== undefined)
      terminal.line(`last event: ${stored.lastEventAt === null ? 'none yet' : minuteOf(stored.lastEventAt)}`);
    for (const { code, message } of problems) terminal.line(`${terminal.style('red', code)}: ${message}`);
    terminal.json({
      accountId: userId,
      subscriptions,
      token: { isGranted: isTokenGranted, ...token },
      lastEventAt: stored?.lastEventAt ?? null,
      problems,
    });
    return problems.length === 0 ? 0 : 1;
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
