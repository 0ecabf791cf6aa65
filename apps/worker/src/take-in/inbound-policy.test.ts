import { describe, expect, test } from 'vitest';
import { decideInbound, type InboundFacts } from './inbound-policy.ts';

const MINUTE = 60_000;
const plain: InboundFacts = {
  author: 'buyer',
  type: 'text',
  createdAt: 1_000 * MINUTE,
  now: 1_000 * MINUTE + 1,
  maxAgeMs: 60 * MINUTE,
  autoReplyEnabled: true,
  chatMode: 'auto',
};

describe('decideInbound', () => {
  test.each<[string, Partial<InboundFacts>, string, string]>([
    ['a fresh text of a buyer is answered', {}, 'answer', 'buyer-message'],
    ['a voice message is part of the turn too', { type: 'voice' }, 'answer', 'buyer-message'],
    [
      'a type that Avito invents tomorrow is answered, not dropped',
      { type: 'hologram' },
      'answer',
      'buyer-message',
    ],
    ["Avito's own messages are never answered", { author: 'avito' }, 'ignore', 'system-message'],
    ['nor is a system message, whoever its author is', { type: 'system' }, 'ignore', 'system-message'],
    ['a deleted message has nothing to answer', { type: 'deleted' }, 'ignore', 'nothing-written'],
    ['a missed call is for the owner', { type: 'call' }, 'hold', 'call'],
    ['an hour and a bit is too old', { now: 1_060 * MINUTE + 1 }, 'hold', 'too-old'],
    ['exactly an hour is not', { now: 1_060 * MINUTE }, 'answer', 'buyer-message'],
    [
      "a clock that runs ahead on Avito's side does no harm",
      { now: 999 * MINUTE },
      'answer',
      'buyer-message',
    ],
    [
      'switched off: everything is taken in, nothing is sent',
      { autoReplyEnabled: false },
      'hold',
      'auto-reply-disabled',
    ],
    ['a chat that a person leads is left alone', { chatMode: 'human' }, 'hold', 'human-has-the-chat'],
  ])('%s', (_name, change, decision, reason) => {
    expect(decideInbound({ ...plain, ...change })).toEqual({ decision, reason });
  });
});
