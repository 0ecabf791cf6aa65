import { policySettings } from '@avito-autoreply/config';
import { describe, expect, test } from 'vitest';
import type { TailMessage } from './tail.ts';
import { decideTurn, type TurnFacts } from './turn-policy.ts';

const NOON = Date.parse('2026-11-23T09:00:00Z');
const HOUR = 3_600_000;
const defaults = policySettings({});
const question = { reason: 'buyer-message', flowId: null, createdAt: NOON };
const plain: TurnFacts = {
  autoReplyEnabled: true,
  chatReplyMode: null,
  policy: defaults,
  messages: [question],
  tail: [{ author: 'buyer', text: 'Есть?', at: NOON }],
  replies: { lastHour: 0, lastDay: 0 },
  listingStatus: 10,
  lastTexts: { outsideHours: null, closedListing: null },
  now: NOON,
};

const compose = { kind: 'compose', isDraft: false };
const draft = { kind: 'compose', isDraft: true };
const hold = (reason: string) => ({ kind: 'hold', reason });
const handOff = (reason: string) => ({ kind: 'hand-off', reason });

const asked = { ...question, reason: 'asked-by-owner' };
const nightly = {
  ...defaults,
  businessHours: { timeZone: 'Europe/Moscow', weekly: [], breaks: [], holidays: [] },
  outsideHours: { instead: 'text' as const, text: 'Закрыто' },
};
const late = { ...question, reason: 'outside-hours-text' };
const flow = { ...question, reason: 'flow-text', flowId: 'two_way_chats' };
const withFlow = { ...defaults, flowTexts: { two_way_chats: 'Спрашивайте!' } };
const closed = (instead: 'answer' | 'text' | 'hold') => ({
  listingStatus: 20,
  policy: { ...defaults, closedListing: { instead, text: 'Снято', statusIds: [20] } },
});

/** Our answer and the buyer's, so many seconds apart, so many times. */
const pingPong = (times: number, seconds: number): TailMessage[] =>
  Array.from({ length: times }, (_, index) => NOON - (times - index) * 20_000).flatMap((at, index) => [
    { author: 'us', text: `о${index}`, at },
    { author: 'buyer', text: `в${index}`, at: at + seconds * 1_000 },
  ]);
const same = (times: number): TailMessage[] =>
  Array.from({ length: times }, (_, index) => NOON + index * 60_000).flatMap((at, index) => [
    ...(index === 0 ? [] : [{ author: 'us' as const, text: 'Да', at: at - 30_000 }]),
    { author: 'buyer' as const, text: 'Есть?', at },
  ]);

describe('decideTurn', () => {
  test.each<[string, Partial<TurnFacts>, unknown]>([
    ['a question is answered', {}, compose],
    ['in draft mode the owner lets it go', { chatReplyMode: 'draft' }, draft],
    ['switched off meanwhile', { autoReplyEnabled: false }, hold('auto-reply-disabled')],
    ['the chat was switched off meanwhile', { chatReplyMode: 'off' }, hold('reply-mode-off')],
    ['59 answers in the hour', { replies: { lastHour: 59, lastDay: 59 } }, compose],
    ['60 are the most', { replies: { lastHour: 60, lastDay: 60 } }, hold('reply-cap-hour')],
    ['200 in a day', { replies: { lastHour: 3, lastDay: 200 } }, hold('reply-cap-day')],
    [
      'no bound',
      {
        replies: { lastHour: 900, lastDay: 900 },
        policy: { ...defaults, maxRepliesPerChat: { perHour: 0, perDay: 0 } },
      },
      compose,
    ],
    ['drafts are no answers yet', { replies: { lastHour: 60, lastDay: 60 }, chatReplyMode: 'draft' }, draft],
    ['nine fast exchanges', { tail: pingPong(9, 3) }, compose],
    ['ten are a robot', { tail: pingPong(10, 3) }, handOff('loop-breaker')],
    ['ten slow ones are a lively buyer', { tail: pingPong(10, 7) }, compose],
    [
      'a breaker that is off',
      {
        tail: pingPong(30, 3),
        policy: { ...defaults, loopBreaker: { ...defaults.loopBreaker, replies: 0 } },
      },
      compose,
    ],
    ['the same four times', { tail: same(4) }, compose],
    ['five times', { tail: same(5) }, handOff('repeat-breaker')],
    ['which may be off', { tail: same(9), policy: { ...defaults, repeatBreakerCount: 0 } }, compose],
    [
      'drafts stop for a robot as well',
      { tail: pingPong(10, 3), chatReplyMode: 'draft' },
      handOff('loop-breaker'),
    ],
    [
      'at night, the text, once',
      { policy: nightly, messages: [late] },
      { kind: 'text', text: 'Закрыто', reason: 'outside-hours', holds: true, isDraft: false },
    ],
    [
      'the same night again',
      { policy: nightly, messages: [late], lastTexts: { outsideHours: NOON - HOUR, closedListing: null } },
      hold('outside-hours'),
    ],
    [
      'another night',
      {
        policy: nightly,
        messages: [late],
        lastTexts: { outsideHours: NOON - 15 * 24 * HOUR, closedListing: null },
      },
      expect.objectContaining({ kind: 'text' }),
    ],
    [
      'a question from the day beside one from the night',
      { policy: nightly, messages: [question, late] },
      compose,
    ],
    ['the hours are gone meanwhile', { messages: [late] }, compose],
    [
      'a flow with a text',
      { policy: withFlow, messages: [flow] },
      { kind: 'text', text: 'Спрашивайте!', reason: 'flow-text', holds: false, isDraft: false },
    ],
    ['its text is gone meanwhile', { messages: [flow] }, hold('system-message')],
    ['a flow beside a question', { policy: withFlow, messages: [question, flow] }, compose],
    [
      'a removed listing, the text',
      closed('text'),
      { kind: 'text', text: 'Снято', reason: 'closed-listing', holds: true, isDraft: false },
    ],
    [
      'told within the day',
      { ...closed('text'), lastTexts: { outsideHours: null, closedListing: NOON - HOUR } },
      hold('closed-listing'),
    ],
    [
      'told the day before',
      { ...closed('text'), lastTexts: { outsideHours: null, closedListing: NOON - 25 * HOUR } },
      expect.objectContaining({ kind: 'text' }),
    ],
    ['a removed listing, held', closed('hold'), hold('closed-listing')],
    ['a removed listing, answered', closed('answer'), compose],
    [
      'by default the buyer is told',
      { listingStatus: 20 },
      expect.objectContaining({ reason: 'closed-listing' }),
    ],
    ['no listing at all', { listingStatus: null }, compose],
    ['a removed listing, a draft', { ...closed('hold'), chatReplyMode: 'draft' }, draft],
    [
      "the owner's word goes above age, hours, caps and breakers",
      {
        messages: [asked],
        tail: pingPong(20, 1),
        replies: { lastHour: 60, lastDay: 200 },
        ...closed('hold'),
      },
      compose,
    ],
    ['and above a chat that is off', { messages: [asked], chatReplyMode: 'off' }, compose],
    ['but not above the switch', { messages: [asked], autoReplyEnabled: false }, hold('auto-reply-disabled')],
    ['nor does it send a draft', { messages: [asked], chatReplyMode: 'draft' }, draft],
  ])('%s', (_name, change, expected) => {
    expect(decideTurn({ ...plain, ...change })).toEqual(expected);
  });
});
