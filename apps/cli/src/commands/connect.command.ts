import { randomBytes } from 'node:crypto';
import { connectAccount, consentUrl } from '@avito-autoreply/avito';
import { openAvito } from '../avito.ts';
import { UsageError } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

type ConnectInput = { code: string | undefined; account: number | undefined };

/** Without a code: the page on which the owner agrees. With it: the tokens that it stands for are stored. */
export function connect({ code, account: wanted }: ConnectInput): Command {
  return async (context) => {
    const { terminal } = context;
    const { account, baseUrl, userId, tokenStore: store } = await openAvito(context, { account: wanted });
    if (store === undefined) {
      throw new UsageError(
        `account ${userId} has keys of its own and needs no consent; AVITO_GRANT=consent would change that`,
        { code: 'account.own-keys' },
      );
    }
    const { clientId, clientSecret } = account;
    if (code === undefined) {
      const state = randomBytes(16).toString('base64url');
      const url = consentUrl({ clientId, state });
      terminal.line(`Open this page, signed in to Avito as account ${userId}, and agree:`);
      terminal.line(`  ${url}`);
      terminal.line(
        'Avito then opens the address registered with the keys, with ?code=…&state=… at its end.',
      );
      terminal.line(`When state is ${state}, go on with: npm run autoreply -- connect --code <code>`);
      terminal.json({
        accountId: userId,
        connected: (await store.expiresAt()) !== null,
        consentUrl: url,
        state,
      });
      return 0;
    }
    const credentials = { clientId, clientSecret };
    await connectAccount({ credentials, code, store, userId, baseUrl });
    terminal.line(`${terminal.style('green', 'connected')}: account ${userId}; its tokens renew themselves`);
    terminal.json({ accountId: userId, connected: true, tokenExpiresAt: await store.expiresAt() });
    return 0;
  };
}
