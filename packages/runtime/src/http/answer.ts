import type { ServerResponse } from 'node:http';

/** What a request is answered with. */
export type Answer = {
  status: number;
  contentType: string;
  text: string;
  headers?: Readonly<Record<string, string>>;
};

export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  text: JSON.stringify(body),
  headers,
});

/** Sends all of it in one write. */
export function sendAnswer(
  response: ServerResponse,
  { status, contentType, text, headers = {} }: Answer,
): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
