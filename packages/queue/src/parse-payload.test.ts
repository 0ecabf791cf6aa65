import { expect, test } from 'vitest';
import { sendReply } from './jobs.ts';
import { parsePayload } from './parse-payload.ts';

test('a payload that does not fit is refused by field, without its values', () => {
  const parse = () => parsePayload(sendReply, { accountId: 'secret', chatId: 'c' });
  expect(parse).toThrow(expect.objectContaining({ code: 'queue.bad-payload', isRetryable: false }));
  expect(parse).toThrow(/^the payload of send-reply .*accountId: .*replyId: /);
  expect(parse).not.toThrow(/secret/);
});
