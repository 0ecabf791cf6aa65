import { AppError } from '@avito-autoreply/runtime';
import { WEBHOOK_PATH } from '../webhook/webhook-path.ts';

const withoutEnd = (path: string, token: string | undefined) =>
  token !== undefined && path.endsWith(`/${token}`) ? path.slice(0, -token.length - 1) : path;

const named = (path: string, accountId: number | undefined) =>
  accountId === undefined || path.split('/').includes(String(accountId)) ? path : `${path}/${accountId}`;

const pathOf = (url: string) => URL.parse(url)?.pathname.replace(/\/+$/, '') ?? '';

type Address = {
  given: string;
  token: string | undefined;
  /** Set where several accounts share one ingest: the address then says whose events come to it. */
  accountId?: number | undefined;
};

/**
 * The address to register: with our path where only the server was named, and with the account and the token that
 * ingest asks for. Throws `webhook.bad-url`.
 */
export function webhookUrl({ given, token, accountId }: Address): string {
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError(
      `${given} is no address that Avito could call: it must start with https:// (or http://)`,
      {
        code: 'webhook.bad-url',
      },
    );
  }
  const path = withoutEnd(pathOf(given) === '' ? WEBHOOK_PATH : pathOf(given), token);
  url.pathname = token === undefined ? named(path, accountId) : `${named(path, accountId)}/${token}`;
  return url.href;
}

/** The address without the token at its end: fit to be stored and shown, and `webhookUrl` puts the token back. */
export function withoutToken({ url: given, token }: { url: string; token: string | undefined }): string {
  const url = URL.parse(given);
  const path = withoutEnd(pathOf(given), token);
  if (url === null || path === pathOf(given)) return given;
  url.pathname = path;
  return url.href;
}

/**
 * Whose a subscription is. Only the token proves that it is ours; without one the path is the best hint there is, and
 * another installation's address looks the same.
 */
export type Owner = 'ours' | 'probably-ours' | 'foreign';

export function ownerOf({ url, token }: { url: string; token: string | undefined }): Owner {
  const path = pathOf(url);
  if (token !== undefined) return path.endsWith(`/${token}`) ? 'ours' : 'foreign';
  // A token may follow that only ingest was told of.
  return path.includes(WEBHOOK_PATH) ? 'probably-ours' : 'foreign';
}

/** Whether two addresses are the same one, however they are written. */
export const isSameUrl = (one: string, other: string) =>
  one === other || (URL.canParse(one) && URL.parse(one)?.href === URL.parse(other)?.href);
