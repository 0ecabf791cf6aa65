import { expect, test } from 'vitest';
import { withoutToken } from './check-avito.ts';

test.each([
  ['https://a.example/api/v1/webhooks/avito/messages/abcdef', 'messages/<token of 6 characters>'],
  ['https://a.example/api/v1/webhooks/avito/messages/abc?x=1', 'messages/<token of 3 characters>?x=1'],
  ['https://a.example/api/v1/webhooks/avito/messages', 'avito/messages'],
  ['https://a.example/api/v1/webhooks/avito/messages/77/abc', 'messages/77/<token of 3 characters>'],
  [
    'https://a.example/api/v1/webhooks/avito/messages/78/abc',
    'messages/<token of 2 characters>/<token of 3 characters>',
  ],
])('the token of %s is not shown', (url, end) => {
  expect(withoutToken(url, 77)).toBe(
    `https://a.example/api/v1/webhooks/${end.replace(/^messages/, 'avito/messages')}`,
  );
});
