import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { diagnoseSignature, type SignatureMatch } from '@avito-autoreply/avito/webhook';
import {
  type AccountConfig,
  accountsEnv,
  loadAccounts,
  loadConfig,
  webhookConfig,
} from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { type CapturedRequest, parseCapturedRequest } from '../captured-request.ts';
import { UsageError } from '../exit-code.ts';
import type { Command, CommandContext } from '../run-command.ts';

type DiagnoseOptions = {
  /** A file, or `-` for standard input. */
  request: string;
  body: string | undefined;
  keys: readonly string[];
  urls: readonly string[];
};

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read`, { code: 'capture.no-such-file', cause: error });
  }
}

/** The addresses that the request may have been sent to; a proxy hides the protocol. */
const urlsOf = ({ path, headers }: CapturedRequest) =>
  path === undefined || headers['host']?.[0] === undefined
    ? []
    : ['https', 'http'].map((protocol) => `${protocol}://${headers['host']?.[0]}${path}`);

const numbered = (name: string, values: readonly string[]): [string, string][] =>
  values.map((value, index) => [values.length === 1 ? name : `${name} ${index + 1}`, value]);

function ofAccount({ userId, clientId, clientSecret, webhook }: AccountConfig, isOnly: boolean) {
  const of = isOnly ? '' : ` of ${userId}`;
  return [
    [`client_secret${of}`, clientSecret],
    [`client_id${of}`, clientId],
    [`user_id${of}`, String(userId)],
    ...numbered(`webhook secret${of}`, webhook.secrets),
    ...numbered(`webhook token${of}`, webhook.token === undefined ? [] : [webhook.token]),
  ] satisfies [string, string][];
}

/** Everything that may be the key, by name. */
async function candidatesOf(
  { environment }: CommandContext,
  { keys, urls, request }: Pick<DiagnoseOptions, 'keys' | 'urls'> & { request: CapturedRequest },
): Promise<Record<string, string>> {
  const env = loadConfig(accountsEnv, environment);
  const accounts = await loadAccounts(env);
  const { secrets, token } = webhookConfig(env);
  const own = accounts.flatMap((account) => ofAccount(account, accounts.length === 1));
  const shared =
    accounts.length > 0
      ? []
      : [
          ...numbered('webhook secret', secrets),
          ...numbered('webhook token', token === undefined ? [] : [token]),
        ];
  return Object.fromEntries([
    ...own,
    ...shared,
    ...numbered('--key', keys),
    ...numbered('--url', urls),
    ...numbered('url', urlsOf(request)),
  ]);
}

/** What to set, given what fits. */
function adviceFor({ candidate, algorithm, encoding }: SignatureMatch): string {
  if (candidate === null)
    return 'No key is needed for it, so it proves nothing: rely on AVITO_WEBHOOK_TOKEN.';
  if (algorithm !== 'hmac-sha256 of the raw body' || encoding !== 'hex')
    return 'Ingest does not check signatures of this kind: rely on AVITO_WEBHOOK_TOKEN, with AVITO_SIGNATURE_MODE=presence beside it.';
  return candidate.startsWith('webhook secret')
    ? 'This key is configured: AVITO_SIGNATURE_MODE=hmac checks it.'
    : `Set AVITO_WEBHOOK_SECRET to the value of ${candidate}, and AVITO_SIGNATURE_MODE=hmac.`;
}

/** Says which key and algorithm made the signature of one captured request, by name: no key is ever shown. */
export function webhookDiagnose({ request: path, body: bodyPath, keys, urls }: DiagnoseOptions): Command {
  return async (context) => {
    const { terminal } = context;
    const body = bodyPath === undefined ? undefined : await bytesOf(bodyPath);
    const request = parseCapturedRequest({ bytes: await bytesOf(path), body });
    const { headers, rawBody } = request;
    if (rawBody.length === 0)
      throw new AppError('the captured request has no body, and a signature covers it', {
        code: 'capture.no-body',
      });
    const candidates = await candidatesOf(context, { keys, urls, request });
    const diagnosis = diagnoseSignature({ headers, rawBody, candidates });
    const matches = diagnosis.matches.map((match) => ({ ...match, advice: adviceFor(match) }));

    terminal.line(`tried: ${Object.keys(candidates).join(', ') || 'no keys, for none are configured'}`);
    if (diagnosis.headers.length === 0) terminal.line('The request has no header that could be a signature.');
    for (const { name, form, length } of diagnosis.headers)
      terminal.line(`header ${name}: ${form}, ${length} characters`);
    for (const { header, candidate, algorithm, encoding, advice } of matches) {
      const how = `${algorithm}${candidate === null ? '' : ` with ${candidate}`}, ${encoding}`;
      terminal.line(`${terminal.style('green', 'fits')} ${header}: ${how}`);
      terminal.line(`    → ${advice}`);
    }
    if (matches.length === 0 && diagnosis.headers.length > 0)
      terminal.line('Nothing fits. Try other keys with --key, and the registered address with --url.');
    terminal.json({ tried: Object.keys(candidates), headers: diagnosis.headers, matches });
    return matches.length > 0 ? 0 : 1;
  };
}
