import { z } from 'zod';
import { UsageError } from './exit-code.ts';

/** One webhook request as it came. */
export type CapturedRequest = {
  /** With names in lower case. */
  headers: Record<string, string[]>;
  rawBody: Buffer;
  /** Path and query, where the capture has them. */
  path: string | undefined;
};

const jsonCapture = z.object({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().optional(),
  bodyBase64: z.base64().optional(),
  path: z.string().optional(),
});

const bad = (problem: string) =>
  new UsageError(
    `the captured request ${problem}; it must be a raw HTTP request, a JSON object {headers, body or bodyBase64}, or headers with the body in a file of its own (--body)`,
    { code: 'capture.unreadable' },
  );

function collected(entries: readonly (readonly [string, string | string[]])[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, value] of entries) (headers[name.toLowerCase()] ??= []).push(...[value].flat());
  return headers;
}

function parseJson(text: string): CapturedRequest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw bad('is not valid JSON');
  }
  const { data } = jsonCapture.safeParse(json);
  if (data === undefined) throw bad('has no headers, or a body that is not a text');
  const rawBody =
    data.bodyBase64 === undefined ? Buffer.from(data.body ?? '') : Buffer.from(data.bodyBase64, 'base64');
  return { headers: collected(Object.entries(data.headers)), rawBody, path: data.path };
}

/** A raw HTTP request: a request line or none, headers, an empty line, the body. */
function parseRaw(bytes: Buffer): CapturedRequest {
  // One character per byte, so that places in the text are places in the bytes.
  const text = bytes.toString('latin1');
  const gap = /\r?\n\r?\n/.exec(text);
  const lines = text.slice(0, gap?.index ?? text.length).split(/\r?\n/);
  const requestLine = /^[A-Z]+ (\S+) HTTP\/[\d.]+$/.exec(lines[0] ?? '');
  const headers = lines.slice(requestLine === null ? 0 : 1).flatMap((line): [string, string][] => {
    const header = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line);
    return header === null ? [] : [[header[1] ?? '', (header[2] ?? '').trim()]];
  });
  if (headers.length === 0) throw bad('has no headers');
  const all = collected(headers);
  const body = gap === null ? Buffer.alloc(0) : bytes.subarray(gap.index + gap[0].length);
  // Whoever saved it may have put a line break after the body, which was not signed.
  const length = Number(all['content-length']?.[0] ?? Number.NaN);
  return {
    headers: all,
    rawBody: length < body.length ? body.subarray(0, length) : body,
    path: requestLine?.[1],
  };
}

/** Reads a capture in any of its forms; a body in a file of its own takes the place of whatever body it has. */
export function parseCapturedRequest({
  bytes,
  body,
}: {
  bytes: Buffer;
  body?: Buffer | undefined;
}): CapturedRequest {
  const isJson = bytes.toString('latin1', 0, 100).trimStart().startsWith('{');
  const request = isJson ? parseJson(bytes.toString('utf8')) : parseRaw(bytes);
  return body === undefined ? request : { ...request, rawBody: body };
}
