import { expect, test } from 'vitest';
import { withoutToken } from './check-avito.ts';

test.each([
  ['https://a.example/api/v1/webhooks/avito/messages/abcdef', 'messages/<token of 6 characters>'],
  ['https://a.example/api/v1/webhooks/avito/messages/abc?x=1', 'messages/<token of 3 characters>?x=1'],
  ['https://a.example/api/v1/webhooks/avito/messages', 'avito/messages'],
])('the token of %s is not shown', (url, end) => {
  expect(withoutToken(url)).toBe(
    `https://a.example/api/v1/webhooks/${end.replace(/^messages/, 'avito/messages')}`,
  );
});
