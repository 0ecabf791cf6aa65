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
  account: { userId, clientId, clientSecret },
  baseUrl,
  webhookToken,
}: {
  account: AccountConfig;
  baseUrl: string;
  webhookToken: string | undefined;
}): Promise<Finding[]> {
  const subject = `Avito account ${userId}`;
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
    const subscriptions = await createSubscriptions({ avito, token: webhookToken }).list({ userId });
    return subscriptions.length === 0
      ? [
          warning(
            `${subject}: webhook`,
            'none is registered: Avito tells nobody about new messages',
            'Run autoreply webhook register https://<your host>/api/v1/webhooks/avito/messages',
          ),
        ]
      : subscriptions.map(({ url, owner }) =>
          owner === 'foreign'
            ? warning(
                `${subject}: webhook`,
                `another system's: ${withoutToken(url)}`,
                'Run autoreply webhook register https://<your host> --replace, if that system may lose the messages.',
              )
            : ok(`${subject}: webhook`, `registered: ${withoutToken(url)}`),
        );
  });
  return [...identity, ...subscription];
}

/** The last segment may be the token: only its length is shown. */
export function withoutToken(url: string): string {
  return url.replace(
    /\/messages\/([^/?]+)/,
    (_match, token: string) => `/messages/<token of ${token.length} characters>`,
  );
}
