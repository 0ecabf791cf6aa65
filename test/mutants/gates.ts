import { createHmac } from 'node:crypto';

export const PATH = '/api/v1/webhooks/avito/messages';
export const SECRET = 'the-key-of-the-mutants';
export const TOKEN = 'unguessable-last-segment';

/** How a webhook may be guarded; each is one app with a port of its own. */
export const gates = {
  secret: { secrets: [SECRET], signatureMode: 'hmac', token: undefined },
  token: { secrets: [], signatureMode: 'off', token: TOKEN },
  both: { secrets: [SECRET], signatureMode: 'hmac', token: TOKEN },
} as const;

export type GateName = keyof typeof gates;
export const gateNames = ['secret', 'token', 'both'] as const satisfies readonly GateName[];

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

function passesPath({ gate, path }: HttpMutant): boolean {
  const plain = decoded(path.replace(/[?#].*/s, '')).replace(/\/+$/, '');
  const { token } = gates[gate];
  const suffix = token === undefined ? '' : `/${token}`;
  return plain.endsWith(suffix) && plain.slice(0, plain.length - suffix.length).toLowerCase() === PATH;
}

function passesSignature({ gate, headers, body }: HttpMutant): boolean {
  if (gates[gate].signatureMode === 'off') return true;
  const values = Object.values(headers).flat().join(' ').toLowerCase();
  return values.includes(sign(body));
}

/**
 * Whether a request may rightly get in: told by the rules, on its own, and rather too often than too rarely. Such a
 * one is no mutant and is not sent.
 */
export const mayGetIn = (request: HttpMutant): boolean =>
  request.method === 'POST' && passesPath(request) && passesSignature(request);
