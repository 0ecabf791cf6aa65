import { policySettings } from '@avito-autoreply/config';
import { describe, expect, test } from 'vitest';
import { decideInbound, type InboundFacts } from './inbound-policy.ts';

const MINUTE = 60_000;
// A Monday, 12:00 in Moscow.
const NOON = Date.parse('2026-11-23T09:00:00Z');
const defaults = policySettings({});
const plain: InboundFacts = {
  author: 'buyer',
  type: 'text',
  flowId: null,
  chatType: 'u2i',
  createdAt: NOON,
  now: NOON + 1,
  maxAgeMs: 60 * MINUTE,
  switchedOnAt: NOON - 60 * 24 * MINUTE,
  autoReplyEnabled: true,
  chatMode: 'auto',
  chatReplyMode: null,
  policy: defaults,
};

const nineToSix = { from: 9 * 60, to: 18 * 60 };
const businessHours = {
  timeZone: 'Europe/Moscow',
  weekly: [[], [nineToSix], [nineToSix], [nineToSix], [nineToSix], [nineToSix], []],
  breaks: [],
  holidays: [],
};
const outsideHours = (instead: 'answer' | 'text' | 'hold') => ({
  ...defaults,
  businessHours,
  outsideHours: { instead, text: 'Закрыто' },
});
const atNight = { createdAt: NOON + 8 * 60 * MINUTE, now: NOON + 8 * 60 * MINUTE };
const withFlow = { ...defaults, flowTexts: { two_way_chats: 'Спрашивайте!' } };

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
    [
      'a flow without a prepared text is ignored',
      { author: 'avito', type: 'system', flowId: 'flower_161071', policy: withFlow },
      'ignore',
      'system-message',
    ],
    [
      'a flow that is named like something every object has is ignored',
      { author: 'avito', type: 'system', flowId: 'constructor', policy: withFlow },
      'ignore',
      'system-message',
    ],
    [
      'a flow with a prepared text gets it',
      { author: 'avito', type: 'system', flowId: 'two_way_chats', policy: withFlow },
      'answer',
      'flow-text',
    ],
    [
      'though not in a chat that a person leads',
      { author: 'avito', type: 'system', flowId: 'two_way_chats', policy: withFlow, chatMode: 'human' },
      'hold',
      'human-has-the-chat',
    ],
    ["Avito's support is no buyer", { chatType: 'a2u' }, 'ignore', 'avito-chat'],
    ['a deleted message has nothing to answer', { type: 'deleted' }, 'ignore', 'nothing-written'],
    ['a missed call is for the owner', { type: 'call' }, 'hold', 'call'],
    ['so is one by the app', { type: 'appCall' }, 'hold', 'call'],
    ['an hour and a bit is too old', { now: NOON + 60 * MINUTE + 1 }, 'hold', 'too-old'],
    ['exactly an hour is not', { now: NOON + 60 * MINUTE }, 'answer', 'buyer-message'],
    ["a clock ahead on Avito's side does no harm", { now: NOON - MINUTE }, 'answer', 'buyer-message'],
    [
      'what was written before the first switch-on is only listed',
      { switchedOnAt: NOON + 1_000 },
      'hold',
      'before-switch-on',
    ],
    [
      "in the same second of Avito's coarse clock it counts as after",
      { switchedOnAt: NOON + 999 },
      'answer',
      'buyer-message',
    ],
    [
      'old and from before: the owner reads that it was from before',
      { switchedOnAt: NOON + 1_000, now: NOON + 600 * MINUTE },
      'hold',
      'before-switch-on',
    ],
    [
      'switched off: all is taken in, nothing sent',
      { autoReplyEnabled: false },
      'hold',
      'auto-reply-disabled',
    ],
    [
      'the switch goes above the mode of a chat',
      { autoReplyEnabled: false, chatReplyMode: 'auto' },
      'hold',
      'auto-reply-disabled',
    ],
    ['an account that is off', { policy: { ...defaults, replyMode: 'off' } }, 'hold', 'reply-mode-off'],
    ['a chat that is off', { chatReplyMode: 'off' }, 'hold', 'reply-mode-off'],
    [
      'a chat that is on in an account that is off',
      { policy: { ...defaults, replyMode: 'off' }, chatReplyMode: 'auto' },
      'answer',
      'buyer-message',
    ],
    [
      'a draft is written for the owner',
      { policy: { ...defaults, replyMode: 'draft' } },
      'answer',
      'buyer-message',
    ],
    ['a chat that a person leads is left alone', { chatMode: 'human' }, 'hold', 'human-has-the-chat'],
    [
      'also when it would be drafts',
      { chatMode: 'human', chatReplyMode: 'draft' },
      'hold',
      'human-has-the-chat',
    ],
    ['a profile chat is answered', { chatType: 'u2u' }, 'answer', 'buyer-message'],
    [
      'unless the owner wants it for himself',
      { chatType: 'u2u', policy: { ...defaults, profileChats: 'hold' } },
      'hold',
      'profile-chat',
    ],
    [
      'which says nothing of chats about a listing',
      { policy: { ...defaults, profileChats: 'hold' } },
      'answer',
      'buyer-message',
    ],
    ['within the hours', { policy: outsideHours('hold') }, 'answer', 'buyer-message'],
    ['at night, held', { ...atNight, policy: outsideHours('hold') }, 'hold', 'outside-hours'],
    ['at night, the text', { ...atNight, policy: outsideHours('text') }, 'answer', 'outside-hours-text'],
    ['at night, answered anyway', { ...atNight, policy: outsideHours('answer') }, 'answer', 'buyer-message'],
    ['at night without hours', { ...atNight }, 'answer', 'buyer-message'],
    [
      'at night, a draft is written all the same',
      { ...atNight, policy: outsideHours('hold'), chatReplyMode: 'draft' },
      'answer',
      'buyer-message',
    ],
    [
      'the hour in which it was written counts, not the one in which it came',
      {
        createdAt: NOON + 6 * 60 * MINUTE - MINUTE,
        now: NOON + 6 * 60 * MINUTE + MINUTE,
        policy: outsideHours('hold'),
      },
      'answer',
      'buyer-message',
    ],
  ])('%s', (_name, change, decision, reason) => {
    expect(decideInbound({ ...plain, ...change })).toEqual({ decision, reason });
  });
});
