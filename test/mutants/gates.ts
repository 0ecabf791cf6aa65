import { createHmac } from 'node:crypto';
import type { IngestWebhook } from '../../apps/ingest/src/ingest.config.ts';

export const PATH = '/api/v1/webhooks/avito/messages';
const SECRET = 'the-key-of-the-mutants';
export const TOKEN = 'unguessable-last-segment';

const ACCOUNT_ID = 401_122_334;
const signed = { secrets: [SECRET], signatureMode: 'hmac' } as const;

/** How a webhook may be guarded; each is one app with a port of its own. `paths` are those that lead in. */
export const gates = {
  secret: {
    webhook: { kind: 'single', webhook: { ...signed, token: undefined } },
    paths: [PATH],
    isSigned: true,
  },
  token: {
    webhook: { kind: 'single', webhook: { secrets: [], signatureMode: 'off', token: TOKEN } },
    paths: [`${PATH}/${TOKEN}`],
    isSigned: false,
  },
  both: {
    webhook: { kind: 'single', webhook: { ...signed, token: TOKEN } },
    paths: [`${PATH}/${TOKEN}`],
    isSigned: true,
  },
  accounts: {
    webhook: {
      kind: 'accounts',
      accounts: [
        { userId: ACCOUNT_ID, webhook: { ...signed, token: TOKEN } },
        {
          userId: ACCOUNT_ID + 1,
          webhook: { ...signed, secrets: ['another-key'], token: `another-${TOKEN}` },
        },
      ],
    },
    paths: [`${PATH}/${ACCOUNT_ID}/${TOKEN}`, `${PATH}/${TOKEN}`],
    isSigned: true,
  },
} as const satisfies Record<
  string,
  { webhook: IngestWebhook; paths: readonly [string, ...string[]]; isSigned: boolean }
>;

export type GateName = keyof typeof gates;
export const gateNames = ['secret', 'token', 'both', 'accounts'] as const satisfies readonly GateName[];

export const sign = (body: Buffer): string => createHmac('sha256', SECRET).update(body).digest('hex');

export type HttpMutant = {
  gate: GateName;
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** The connection breaks in mid-body. */
  isCutOff: boolean;
};

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Express minds neither the case of the fixed part nor a slash at the end. */
function passesPath({ gate, path }: HttpMutant): boolean {
  const given = decoded(path.replace(/[?#].*/s, '')).replace(/\/+$/, '');
  const fixed = given.slice(0, PATH.length).toLowerCase();
  return gates[gate].paths.some((known) => known === `${fixed}${given.slice(PATH.length)}`);
}

function passesSignature({ gate, headers, body }: HttpMutant): boolean {
  if (!gates[gate].isSigned) return true;
  const values = Object.values(headers).flat().join(' ').toLowerCase();
  return values.includes(sign(body));
}

/**
 * Whether a request may rightly get in: told by the rules, on its own, and rather too often than too rarely. Such a
 * one is no mutant and is not sent.
 */
export const mayGetIn = (request: HttpMutant): boolean =>
  request.method === 'POST' && passesPath(request) && passesSignature(request);
