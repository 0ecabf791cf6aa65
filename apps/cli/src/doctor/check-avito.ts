import { createAvitoClient, createSubscriptions } from '@avito-autoreply/avito';
import type { AccountConfig } from '@avito-autoreply/config';
import { type Finding, findingsOf, ok, problem, warning } from './finding.ts';

const CREDENTIALS_ADVICE =
  'Check AVITO_CLIENT_ID and AVITO_CLIENT_SECRET on the cabinet page avito.ru/professionals/api; use the main company account, on a tariff with the Messenger API.';

// A refusal is about the keys; everything else about the way to Avito.
const NETWORK_ADVICE = 'Check AVITO_API_BASE_URL and the way out to the internet, then run doctor again.';
const adviceFor = (code: string): string =>
  ['avito.unreachable', 'avito.timeout', 'avito.reset', 'avito.bad-body'].includes(code)
    ? NETWORK_ADVICE
    : CREDENTIALS_ADVICE;

/** Token, identity and subscription of one account, by live calls that change nothing. */
export async function checkAvito({
  account: { userId, name, clientId, clientSecret, grant, webhook, isNamedInPath },
  baseUrl,
}: {
  account: AccountConfig;
  baseUrl: string;
}): Promise<Finding[]> {
  const subject = `Avito account ${userId}${name === undefined ? '' : ` (${name})`}`;
  const option = isNamedInPath ? ` --account ${userId}` : '';
  const ownToken = { token: webhook.token, isNamedInPath };
  if (grant === 'consent') {
    return [
      warning(
        subject,
        'is connected by consent, which is not checked here',
        `Run autoreply chats${option}: it says what is wrong with the stored tokens, if anything.`,
      ),
    ];
  }
  const avito = createAvitoClient({ baseUrl, credentials: { clientId, clientSecret }, timeoutMs: 10_000 });
  const identity = await findingsOf(subject, adviceFor, async () => {
    const self = await avito.getSelf({ userId });
    return self.id === userId
      ? [ok(subject, 'the token is granted, and the keys belong to this account')]
      : [
          problem(
            subject,
            `the keys belong to account ${self.id}`,
            `Set AVITO_USER_ID=${self.id}, or use the other account's keys.`,
          ),
        ];
  });
  if (identity.some((finding) => finding.status === 'problem')) return identity;
  const subscription = await findingsOf(`${subject}: webhook`, adviceFor, async () => {
    const subscriptions = await createSubscriptions({ avito, ...ownToken }).list({ userId });
    return subscriptions.length === 0
      ? [
          warning(
            `${subject}: webhook`,
            'none is registered: Avito tells nobody about new messages',
            `Run autoreply webhook register https://<your host>/api/v1/webhooks/avito/messages${option}`,
          ),
        ]
      : subscriptions.map(({ url, owner }) =>
          owner === 'foreign'
            ? warning(
                `${subject}: webhook`,
                `another system's: ${withoutToken(url, userId)}`,
                `Run autoreply webhook register https://<your host>${option} --replace, if that system may lose the messages.`,
              )
            : ok(`${subject}: webhook`, `registered: ${withoutToken(url, userId)}`),
        );
  });
  return [...identity, ...subscription];
}

/** What follows the path, or the account in it, may be the token: only its length is shown. */
export function withoutToken(url: string, userId: number): string {
  return url.replace(
    /(\/messages)((?:\/[^/?]+)+)/,
    (_match, path: string, segments: string) =>
      path +
      segments.replaceAll(/\/([^/]+)/g, (segment, text: string) =>
        text === String(userId) ? segment : `/<token of ${text.length} characters>`,
      ),
  );
}
