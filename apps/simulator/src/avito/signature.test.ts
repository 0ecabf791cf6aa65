import { expect, test } from 'vitest';
import { signatureHeaders } from './signature.ts';

// RFC 4231, test case 2.
const body = Buffer.from('what do ya want for nothing?');
const expected = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

test('the header is HMAC-SHA256 of the bytes in lower-case hex', () => {
  expect(signatureHeaders({ body, secret: 'Jefe', mode: 'on' })).toEqual({
    'x-avito-messenger-signature': expected,
  });
});

test('a wrong signature looks like a right one but differs', () => {
  const header = signatureHeaders({ body, secret: 'Jefe', mode: 'wrong' })['x-avito-messenger-signature'];
  expect(header).toMatch(/^[0-9a-f]{64}$/);
  expect(header).not.toBe(expected);
});

test('without a secret, or switched off, there is no header', () => {
  expect(signatureHeaders({ body, secret: undefined, mode: 'on' })).toEqual({});
  expect(signatureHeaders({ body, secret: 'Jefe', mode: 'off' })).toEqual({});
});
