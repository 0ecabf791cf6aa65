import { AppError } from '@avito-autoreply/runtime';
import { WEBHOOK_PATH } from '../webhook/webhook-path.ts';

/** Avito wants its answer within this time. */
const PROBE_TIMEOUT_MS = 2_000;
// Our answer has a few dozen bytes; nobody needs to read more of somebody else's.
const MAX_ANSWER_BYTES = 4_096;

export type ProbeWarning = {
  code: 'webhook.other-path' | 'webhook.other-answer';
  message: string;
};

/**
 * Asks an address what Avito asks it: POST, form-encoded `{}`. Resolves when it answers 200 in time, with what looks
 * odd about it. Throws `webhook.unreachable`, which says what came instead.
 */
export type ProbeWebhook = (probe: {
  url: string;
  signal?: AbortSignal | undefined;
}) => Promise<ProbeWarning[]>;

const advice = {
  dns: 'its name is not known to DNS here',
  refused: 'nobody listens there: the connection was refused',
  tls: 'its certificate or TLS is not acceptable',
  timeout: `it did not answer within ${PROBE_TIMEOUT_MS / 1_000} s, and Avito waits no longer`,
  connection: 'the connection failed',
} as const;

function failureOf(error: unknown): { reason: keyof typeof advice; code: string } {
  if (error instanceof DOMException && error.name === 'TimeoutError') return { reason: 'timeout', code: '' };
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return { reason: 'dns', code };
  if (code === 'ECONNREFUSED') return { reason: 'refused', code };
  if (/CERT|TLS|SSL|SELF_SIGNED|EPROTO|UNABLE_TO_/.test(code)) return { reason: 'tls', code };
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return { reason: 'timeout', code };
  return { reason: 'connection', code };
}

const unreachable = (what: string, cause?: unknown) =>
  new AppError(
    `the webhook address was not registered, because it does not answer as Avito needs it: ${what}. Start ingest, check the proxy before it, and try again; skip the probe where only the outside can reach the address.`,
    { code: 'webhook.unreachable', cause, isRetryable: true },
  );

function explainStatus(response: Response): string {
  const { status } = response;
  if (status >= 300 && status < 400) {
    return `it answered ${status}, and Avito follows no redirects: register the address that it leads to`;
  }
  if (status === 404)
    return 'it answered 404: path or AVITO_WEBHOOK_TOKEN are not those of the running ingest';
  return `it answered ${status} instead of 200`;
}

/** The beginning of an answer, as far as it is of interest. */
async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isOurAnswer(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'status' in json && json.status === 'probe';
  } catch {
    return false;
  }
}

function warningsFor({ url, answer }: { url: string; answer: string }): ProbeWarning[] {
  const isOurPath = URL.parse(url)?.pathname.includes(WEBHOOK_PATH) ?? false;
  return [
    ...(isOurPath
      ? []
      : [
          {
            code: 'webhook.other-path' as const,
            message: `The path is not ours: ingest listens below ${WEBHOOK_PATH}, so a proxy must lead there.`,
          },
        ]),
    ...(isOurAnswer(answer)
      ? []
      : [
          {
            code: 'webhook.other-answer' as const,
            message:
              'It answered 200, but not as ingest does ({"status":"probe"}): something else may be listening there.',
          },
        ]),
  ];
}

export const probeWebhook: ProbeWebhook = async ({ url, signal }) => {
  const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '{}',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const answer = await beginningOf(response);
    if (response.status !== 200) throw unreachable(explainStatus(response));
    return warningsFor({ url, answer });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    const { reason, code } = failureOf(error);
    throw unreachable(`${advice[reason]}${code === '' ? '' : ` (${code})`}`, error);
  }
};
