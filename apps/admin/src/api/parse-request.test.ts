import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseRequest } from './parse-request.ts';

const schemas = {
  params: z.strictObject({ chat_id: z.string() }),
  query: z.strictObject({ limit: z.coerce.number('must be a number').default(50) }),
  body: z.strictObject({ text: z.string('must be a text') }),
};

describe('a request', () => {
  test('comes out parsed, with defaults', () => {
    const parts = { params: { chat_id: 'a' }, query: {}, body: { text: 'b' } };
    expect(parseRequest({ schemas, parts })).toEqual({
      params: { chat_id: 'a' },
      query: { limit: 50 },
      body: { text: 'b' },
    });
  });

  test('is refused with all of its problems at once, and without its values', () => {
    const parts = {
      params: { chat_id: 'a' },
      query: { limit: 'secret' },
      body: { text: 1, 'unknown-key': 'secret' },
    };
    expect(() => parseRequest({ schemas, parts })).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        status: 400,
        message:
          'The request cannot be used as it is. limit in the query: must be a number; text in the body: must be a text; the body: Unrecognized key: "unknown-key".',
      }),
    );
  });

  test('without a schema for a part may not bring that part', () => {
    const none = { params: undefined, query: undefined, body: undefined };
    const parts = { params: undefined, query: { a: '1' }, body: undefined };
    expect(() => parseRequest({ schemas: none, parts })).toThrow(/the query: Unrecognized key: "a"/);
    expect(parseRequest({ schemas: none, parts: { ...parts, query: undefined } })).toEqual({
      params: {},
      query: {},
      body: {},
    });
  });
});
