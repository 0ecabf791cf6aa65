import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifySignature } from './signature.ts';

// Publicly known vector of HMAC-SHA256.
const KEY = 'key';
const BODY = Buffer.from('The quick brown fox jumps over the lazy dog');
const SIGNATURE = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
const HEADER = 'x-avito-messenger-signature';

const hmac = (secret: string, body: Uint8Array) => createHmac('sha256', secret).update(body).digest('hex');
const check = (
  headers: Record<string, string | string[] | undefined>,
  {
    rawBody = BODY,
    mode = 'hmac' as const,
    secrets = [KEY],
  }: Partial<Parameters<typeof verifySignature>[0]> = {},
) => verifySignature({ rawBody, headers, mode, secrets }).kind;

describe('hmac', () => {
  test.each([
    ['the header seen live', { [HEADER]: SIGNATURE }],
    ['the header by its other name', { 'x-avito-signature': SIGNATURE }],
    ['upper case', { [HEADER]: SIGNATURE.toUpperCase() }],
    ['a prefix', { [HEADER]: `sha256=${SIGNATURE}` }],
    ['a prefix in upper case', { [HEADER]: `SHA256=${SIGNATURE.toUpperCase()}` }],
    ['white space around', { [HEADER]: ` ${SIGNATURE}\t` }],
    ['a wrong one in the other header', { [HEADER]: SIGNATURE, 'x-avito-signature': 'nonsense' }],
    ['a wrong one beside it', { [HEADER]: [hmac('other', BODY), SIGNATURE] }],
    ['a wrong one joined to it', { [HEADER]: `nonsense, ${SIGNATURE}` }],
  ])('a right signature passes with %s', (_, headers) => {
    expect(check(headers)).toBe('valid');
  });

  test.each([
    ['of another key', hmac('other', BODY)],
    ['of another body', hmac(KEY, Buffer.from('{}'))],
    ['cut short', SIGNATURE.slice(0, -1)],
    ['with something behind it', `${SIGNATURE}00`],
    ['with another prefix', `sha1=${SIGNATURE}`],
    ['in base64', Buffer.from(SIGNATURE, 'hex').toString('base64')],
    ['that is the key itself', KEY],
    ['that is a plain SHA-256 of the body', createHash('sha256').update(BODY).digest('hex')],
  ])('a signature %s is invalid', (_, signature) => {
    expect(check({ [HEADER]: signature })).toBe('invalid');
  });

  test('while rotating, either key passes', () => {
    const secrets = ['new', KEY];
    expect(check({ [HEADER]: SIGNATURE }, { secrets })).toBe('valid');
    expect(check({ [HEADER]: hmac('new', BODY) }, { secrets })).toBe('valid');
    expect(check({ [HEADER]: hmac('older', BODY) }, { secrets })).toBe('invalid');
  });

  test('without a usable key nothing passes, not even a signature by the empty key', () => {
    expect(check({ [HEADER]: hmac('', BODY) }, { secrets: [] })).toBe('invalid');
    expect(check({ [HEADER]: hmac('', BODY) }, { secrets: [''] })).toBe('invalid');
  });

  test.each([
    ['missing', {}],
    ['undefined', { [HEADER]: undefined }],
    ['empty', { [HEADER]: ' ' }],
    ['an empty list', { [HEADER]: [] }],
  ])('a header that is %s is an absent signature', (_, headers) => {
    expect(check(headers)).toBe('absent');
  });

  test('the signature covers the bytes, not the JSON in them', () => {
    const spaced = Buffer.from('{"a": 1}');
    const tight = Buffer.from('{"a":1}');
    expect(check({ [HEADER]: hmac(KEY, spaced) }, { rawBody: spaced })).toBe('valid');
    expect(check({ [HEADER]: hmac(KEY, tight) }, { rawBody: spaced })).toBe('invalid');
  });
});

test('presence asks for a header and takes any', () => {
  expect(check({ [HEADER]: 'anything' }, { mode: 'presence', secrets: [] })).toBe('valid');
  expect(check({}, { mode: 'presence' })).toBe('absent');
});

test('off asks for nothing', () => {
  expect(check({}, { mode: 'off', secrets: [] })).toBe('not-required');
});

describe('for any body and key', () => {
  const body = fc.uint8Array({ maxLength: 300 });
  const key = fc.string({ minLength: 1, maxLength: 40 });

  test('what the key signed passes, in either header and in either case', () => {
    fc.assert(
      fc.property(body, key, fc.boolean(), fc.boolean(), (rawBody, secret, isUpper, isOther) => {
        const hex = hmac(secret, rawBody);
        const headers = { [isOther ? 'x-avito-signature' : HEADER]: isUpper ? hex.toUpperCase() : hex };
        expect(check(headers, { rawBody, secrets: [secret] })).toBe('valid');
      }),
    );
  });

  test('a signature with one digit changed never passes', () => {
    fc.assert(
      fc.property(body, key, fc.nat(63), fc.integer({ min: 1, max: 15 }), (rawBody, secret, at, shift) => {
        const hex = hmac(secret, rawBody);
        const digit = ((Number.parseInt(hex.charAt(at), 16) + shift) % 16).toString(16);
        const mutant = hex.slice(0, at) + digit + hex.slice(at + 1);
        expect(check({ [HEADER]: mutant }, { rawBody, secrets: [secret] })).toBe('invalid');
      }),
    );
  });

  test('a body with one byte changed never passes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        key,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (rawBody, secret, at, mask) => {
          const mutant = Uint8Array.from(rawBody);
          const index = at % rawBody.length;
          mutant[index] = (rawBody[index] ?? 0) ^ mask;
          const headers = { [HEADER]: hmac(secret, rawBody) };
          expect(check(headers, { rawBody: mutant, secrets: [secret] })).toBe('invalid');
        },
      ),
    );
  });

  test('no header makes it throw or passes by chance', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.string(), { maxLength: 20 }),
      fc.constantFrom(undefined, '', 'sha256=', ','.repeat(10_000), '0'.repeat(64)),
    );
    fc.assert(
      fc.property(
        body,
        value,
        value,
        fc.array(fc.string(), { maxLength: 2 }),
        (rawBody, first, second, secrets) => {
          const headers = { [HEADER]: first, 'x-avito-signature': second };
          expect(['absent', 'invalid']).toContain(check(headers, { rawBody, secrets }));
        },
      ),
    );
  });
});
