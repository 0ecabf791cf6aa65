import { expect, test } from 'vitest';
import { createRedactor } from './redaction.ts';

test('of a secret that begins with another one nothing is left', () => {
  const redact = createRedactor({ secrets: ['webhook-token', 'webhook-token-of-the-second-account'] });
  expect(redact('POST /webhook-token-of-the-second-account')).toBe('POST /[redacted]');
});

test('what refers to itself has an end', () => {
  const chat: Record<string, unknown> = { id: 'u2i-1' };
  chat['self'] = chat;
  expect(JSON.stringify(createRedactor({ secrets: [] })(chat))).toContain('[too deep]');
});
