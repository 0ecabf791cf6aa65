import { describe, expect, test } from 'vitest';
import { parseCapturedRequest } from './captured-request.ts';

const body = '{"текст":1}';
const expected = {
  headers: { 'content-type': ['application/json'], 'x-avito-signature': ['ab', 'cd'] },
  rawBody: Buffer.from(body),
  path: '/hook?a=b',
};
const parse = (text: string, bodyFile?: string) =>
  parseCapturedRequest({
    bytes: Buffer.from(text),
    body: bodyFile === undefined ? undefined : Buffer.from(bodyFile),
  });

const lines = [
  'POST /hook?a=b HTTP/1.1',
  'Content-Type: application/json',
  'X-Avito-Signature: ab',
  'x-avito-signature:cd',
];

describe('a raw request is read', () => {
  test.each(['\r\n', '\n'])('with line breaks %j', (end) => {
    expect(parse([...lines, '', body].join(end))).toEqual(expected);
  });

  test('as long as it says that its body is', () => {
    const length = Buffer.byteLength(body);
    const { rawBody } = parse([...lines, `Content-Length: ${length}`, '', `${body}\n`].join('\n'));
    expect(rawBody.toString()).toBe(body);
  });

  test('with its body in another file, and without a request line', () => {
    expect(parse(lines.slice(1).join('\n'), body)).toEqual({ ...expected, path: undefined });
  });
});

describe('a JSON object is read', () => {
  const headers = { 'Content-Type': 'application/json', 'X-Avito-Signature': ['ab', 'cd'] };

  test('with the body as text or in base64', () => {
    expect(parse(JSON.stringify({ headers, body, path: '/hook?a=b' }))).toEqual(expected);
    const bodyBase64 = Buffer.from(body).toString('base64');
    expect(parse(JSON.stringify({ headers, bodyBase64 }))).toEqual({ ...expected, path: undefined });
  });
});

test.each(['', 'hello', '{"a":', '{"a":1}', '{"headers":{},"body":{"a":1}}'])('%j is no capture', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'capture.unreadable' }));
});
