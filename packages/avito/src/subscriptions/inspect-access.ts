import type { TokenState } from '../auth/token-provider.ts';
import type { AvitoClient } from '../client.ts';
import { AvitoError } from '../errors.ts';
import {
  type AccessProblem,
  accessProblem,
  problemOf,
  webhookReplaced,
  wrongAccount,
} from './access-problem.ts';
import { createSubscriptions, type OwnedSubscription } from './create-subscriptions.ts';
import { isSameUrl, webhookUrl, withoutToken } from './webhook-url.ts';

type AccessCalls = Pick<
  AvitoClient,
  'getSelf' | 'getTokenState' | 'listChats' | 'listSubscriptions' | 'registerWebhook' | 'unregisterWebhook'
>;

type InspectAccess = {
  avito: AccessCalls;
  userId: number;
  webhookToken: string | undefined;
  /** Whether the address names the account, as it does where several share one ingest. */
  isNamedInPath?: boolean | undefined;
  /** Where ingest should be reached, with or without the token; without it any subscription of ours will do. */
  expectedUrl: string | undefined;
  signal?: AbortSignal | undefined;
};

export type AccessReport = {
  /** Null when none could be had, or when whoever gives tokens cannot tell. */
  token: TokenState | null;
  isTokenGranted: boolean;
  /** Null when Avito did not say. */
  subscriptions: OwnedSubscription[] | null;
  /** The gravest first; empty when messages come in and answers may leave. */
  problems: AccessProblem[];
  /** What the first call that failed says. */
  error: AvitoError | undefined;
  /** Set when it is not known how things stand, for a reason that may pass by itself. */
  failure: AvitoError | undefined;
};

type Tried<T> = { value: T } | { error: AvitoError };

async function attempt<T>(run: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (!(error instanceof AvitoError) || error.code === 'avito.aborted') throw error;
    return { error };
  }
}

/** What the list of subscriptions means, given the address that should be in it. */
function subscriptionProblem({
  subscriptions,
  userId,
  webhookToken: token,
  isNamedInPath = false,
  expectedUrl,
}: Omit<InspectAccess, 'avito' | 'signal'> & {
  subscriptions: readonly OwnedSubscription[];
}): AccessProblem | undefined {
  const expected =
    expectedUrl === undefined
      ? undefined
      : webhookUrl({ given: expectedUrl, token, accountId: isNamedInPath ? userId : undefined });
  const isOurs = ({ url, owner }: OwnedSubscription) =>
    expected === undefined ? owner !== 'foreign' : isSameUrl(url, expected);
  if (subscriptions.some(isOurs)) return undefined;
  if (subscriptions.length === 0) return accessProblem('webhook-gone');
  return webhookReplaced(subscriptions.map(({ url }) => withoutToken({ url, token })));
}

/**
 * Whether an account's messages reach us and its answers may leave: token, rights and subscription, by calls that
 * change nothing. An access problem is part of the report and never thrown; only an aborted call is.
 */
export async function inspectAccess({
  avito,
  userId,
  webhookToken,
  isNamedInPath,
  expectedUrl,
  signal,
}: InspectAccess): Promise<AccessReport> {
  const token = await attempt(() => avito.getTokenState({ signal }));
  if ('error' in token) {
    const problem = problemOf(token.error);
    return {
      token: null,
      isTokenGranted: false,
      subscriptions: null,
      problems: [problem],
      error: token.error,
      failure: problem.code === 'avito-unreachable' ? token.error : undefined,
    };
  }
  // Subscriptions alone prove little: Avito shows them to keys that may neither read nor send.
  const [self, chats, list] = await Promise.all([
    attempt(() => avito.getSelf({ signal })),
    attempt(() => avito.listChats({ userId, limit: 1, signal })),
    attempt(() => createSubscriptions({ avito, token: webhookToken }).list({ userId, signal })),
  ]);
  const errors = [chats, list].flatMap((tried) => ('error' in tried ? [tried.error] : []));
  const subscriptions = 'value' in list ? list.value : null;
  const ofSubscriptions =
    subscriptions === null
      ? undefined
      : subscriptionProblem({ subscriptions, userId, webhookToken, isNamedInPath, expectedUrl });
  // A consent may leave out the right to ask who one is, so a refusal of that call says nothing.
  const isOther = 'value' in self && self.value.id !== userId;
  const all = [
    ...(isOther ? [wrongAccount({ userId, keysOf: self.value.id })] : []),
    ...errors.map(problemOf),
    ...(ofSubscriptions === undefined ? [] : [ofSubscriptions]),
  ];
  // A refused token was renewed meanwhile, or could not be.
  const now = await attempt(() => avito.getTokenState({ signal }));
  return {
    token: 'value' in now ? now.value : null,
    isTokenGranted: 'value' in now,
    subscriptions,
    problems: all.filter(({ code }, index) => all.findIndex((other) => other.code === code) === index),
    error: errors[0],
    failure: errors.find((error) => problemOf(error).code === 'avito-unreachable'),
  };
}
