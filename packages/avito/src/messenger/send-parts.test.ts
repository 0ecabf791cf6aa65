import { expect, test } from 'vitest';
import { AvitoConnectionError, AvitoRequestError } from '../errors.ts';
import type { SendOutcome } from './send-outcome.ts';
import { sendParts } from './send-parts.ts';

const sent = (messageId: string): SendOutcome => ({ outcome: 'sent', messageId, createdAt: null });
const refusal = new AvitoRequestError('refused', { code: 'avito.bad-request' });
const notSent: SendOutcome = { outcome: 'not-sent', error: refusal };
const silence = new AvitoConnectionError('silent', {
  code: 'avito.timeout',
  requestMayHaveArrived: true,
  mayHaveTakenEffect: true,
});
const unknown: SendOutcome = { outcome: 'unknown', error: silence };

async function send(...outcomes: SendOutcome[]) {
  const texts: string[] = [];
  const avito = {
    sendText: async ({ text }: { text: string }) => {
      texts.push(text);
      return outcomes[texts.length - 1] ?? sent(`m${texts.length}`);
    },
  };
  const result = await sendParts({ avito, userId: 1, chatId: 'u2i-1', texts: ['one', 'two', 'three'] });
  return { result, texts };
}

test('all parts go in their order', async () => {
  const { result, texts } = await send();
  expect(texts).toEqual(['one', 'two', 'three']);
  expect(result).toEqual({ outcome: 'sent', parts: [sent('m1'), sent('m2'), sent('m3')], error: undefined });
});

test.each([
  ['not sent', 'not-sent', notSent, refusal],
  ['of unknown fate', 'unknown', unknown, silence],
])('a first part %s is all that is tried', async (_name, outcome, first, error) => {
  const { result, texts } = await send(first);
  expect(texts).toEqual(['one']);
  expect(result).toEqual({
    outcome,
    parts: [first, { outcome: 'not-tried' }, { outcome: 'not-tried' }],
    error,
  });
});

test('a later part that fails leaves the text partly sent, and the rest untried', async () => {
  const { result, texts } = await send(sent('m1'), unknown);
  expect(texts).toEqual(['one', 'two']);
  expect(result).toEqual({
    outcome: 'partly-sent',
    parts: [sent('m1'), unknown, { outcome: 'not-tried' }],
    error: silence,
  });
});
