import { AppError } from '@avito-autoreply/runtime';
import { WEBHOOK_PATH } from '../webhook/webhook-path.ts';

const pathOf = (url: string) => URL.parse(url)?.pathname.replace(/\/+$/, '') ?? '';

/**
 * The address to register: with our path where only the server was named, and with the token that ingest asks for.
 Throws `webhook.bad-url`.
 */
export function webhookUrl({ given, token }: { given: string; token: string | undefined }): string {
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError(
      `${given} is no address that Avito could call: it must start with https:// (or http://)`,
      {
        code: 'webhook.bad-url',
      },
    );
  }
  const path = pathOf(given) === '' ? WEBHOOK_PATH : pathOf(given);
  url.pathname = token === undefined || path.endsWith(`/${token}`) ? path : `${path}/${token}`;
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
  return path.endsWith(WEBHOOK_PATH) ? 'probably-ours' : 'foreign';
}

/** Whether two addresses are the same one, however they are written. */
export const isSameUrl = (one: string, other: string) =>
  one === other || (URL.canParse(one) && URL.parse(one)?.href === URL.parse(other)?.href);
