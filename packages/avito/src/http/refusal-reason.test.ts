import { expect, test } from 'vitest';
import { refusalReason } from './refusal-reason.ts';

test.each([
  ['the messenger', { error: { code: 400, message: 'Bad Request' } }, 'Bad Request'],
  ['validation', { error: { code: 400, message: 'Bad Request', fields: null } }, 'Bad Request'],
  ['the items API', { code: 'not_found', message: 'Item not found' }, 'Item not found'],
  ['other sections', { errors: [{ message: 'one' }, 'two'] }, 'one; two'],
  ['the gateway', { result: { status: false, message: 'access token expired' } }, 'access token expired'],
  ['OAuth', { error: 'invalid_client', error_description: 'Client not found' }, 'Client not found'],
  ['OAuth in short', { error: 'invalid_client' }, 'invalid_client'],
])('the error shape of %s is read', (_, body, reason) => {
  expect(refusalReason(JSON.stringify(body))).toBe(reason);
});

test.each([
  ['an HTML page', '<html><h1>502 Bad Gateway</h1></html>'],
  ['an empty body', ''],
  ['an empty list of errors', '{"errors":[]}'],
  ['an unknown object', '{"oops":1}'],
  ['null', 'null'],
  ['an empty message', '{"error":{"message":" "}}'],
])('%s gives no reason', (_, text) => {
  expect(refusalReason(text)).toBeUndefined();
});

test('a long reason is folded and cut', () => {
  const reason = refusalReason(JSON.stringify({ message: `a\n\t b ${'x'.repeat(1_000)}` }));
  expect(reason).toMatch(/^a b x+$/);
  expect(reason).toHaveLength(200);
});
