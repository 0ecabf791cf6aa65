import { beginConsent, connectAccount } from '@avito-autoreply/avito';
import { openAvito } from '../avito.ts';
import { UsageError } from '../exit-code.ts';
import type { Command } from '../run-command.ts';

type ConnectInput = { code: string | undefined; state: string | undefined; account: number | undefined };

/** Without a code: the page on which the owner agrees. With it and its state: the tokens that it stands for are stored. */
export function connect({ code, state, account: wanted }: ConnectInput): Command {
  return async (context) => {
    const { terminal } = context;
    if ((code === undefined) !== (state === undefined)) {
      throw new UsageError(
        '--code and --state go together: both stand at the end of the address that Avito opened after the consent',
        { code: 'cli.code-without-state' },
      );
    }
    const avito = await openAvito(context, { account: wanted });
    const { account, baseUrl, userId, tokenStore: store, consentStates: states } = avito;
    if (store === undefined || states === undefined) {
      throw new UsageError(
        `account ${userId} has keys of its own and needs no consent; AVITO_GRANT=consent would change that`,
        { code: 'account.own-keys' },
      );
    }
    const { clientId, clientSecret } = account;
    if (code === undefined || state === undefined) {
      const { url, state: begun } = await beginConsent({ clientId, states });
      terminal.line(`Open this page, signed in to Avito as account ${userId}, and agree:`);
      terminal.line(`  ${url}`);
      terminal.line(
        'Avito then opens the address registered with the keys, with ?code=…&state=… at its end.',
      );
      terminal.line(
        'Within half an hour go on with: npm run autoreply -- connect --code <code> --state <state>',
      );
      terminal.json({
        accountId: userId,
        connected: (await store.expiresAt()) !== null,
        consentUrl: url,
        state: begun,
      });
      return 0;
    }
    const credentials = { clientId, clientSecret };
    await connectAccount({ credentials, code, state, states, store, userId, baseUrl });
    terminal.line(`${terminal.style('green', 'connected')}: account ${userId}; its tokens renew themselves`);
    terminal.json({ accountId: userId, connected: true, tokenExpiresAt: await store.expiresAt() });
    return 0;
  };
}
