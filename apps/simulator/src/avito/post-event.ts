type PostOutcome =
  | { outcome: 'answered'; status: number; responseBody: string }
  | { outcome: 'timeout' }
  | { outcome: 'failed'; error: string };

export type PostEvent = (request: {
  url: string;
  body: Buffer;
  headers: Record<string, string>;
  timeoutMs: number;
  signal: AbortSignal;
}) => Promise<PostOutcome>;

// Enough to read an error; a webhook's answer is a line.
const MAX_BODY_CHARACTERS = 2_000;

function errorOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}

/** One POST of exactly these bytes to the address as it was registered. Never throws. */
export const postEvent: PostEvent = async ({ url, body, headers, timeoutMs, signal }) => {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(body),
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
    });
    const responseBody = (await response.text()).slice(0, MAX_BODY_CHARACTERS);
    return { outcome: 'answered', status: response.status, responseBody };
  } catch (error) {
    return timeout.aborted ? { outcome: 'timeout' } : { outcome: 'failed', error: errorOf(error) };
  }
};
