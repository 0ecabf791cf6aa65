import { policySettings } from '@avito-autoreply/config';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideInbound, type InboundFacts } from './inbound-policy.ts';
import { decideTurn, type TurnFacts } from './turn-policy.ts';

const time = fc.integer({ min: 1_790_000_000_000, max: 1_800_000_000_000 });
const replyMode = fc.constantFrom('auto' as const, 'draft' as const, 'off' as const);
const instead = fc.constantFrom('answer' as const, 'text' as const, 'hold' as const);
const flowId = fc.option(fc.constantFrom('two_way_chats', 'flower_161071', 'toString'));
const cap = fc.integer({ min: 0, max: 5 });

const policy = fc
  .record({
    reply_mode: replyMode,
    outside_hours: instead,
    closed_listing: instead,
    profile_chats: fc.constantFrom('answer' as const, 'hold' as const),
    flow_texts: fc.constantFrom({}, { two_way_chats: 'Спрашивайте!' }),
    max_replies_per_chat_per_hour: cap,
    max_replies_per_chat_per_day: cap,
    repeat_breaker_count: cap,
    loop_breaker_replies: cap,
    business_hours: fc.constantFrom(null, {
      timeZone: 'Europe/Moscow',
      weekly: [[], [{ from: 540, to: 1_080 }], [], [{ from: 1_320, to: 120 }], [], [], []],
      breaks: [{ from: 600, to: 615 }],
      holidays: ['11-23'],
    }),
  })
  .map((fields) => policySettings(fields));

const inbound: fc.Arbitrary<InboundFacts> = fc.record({
  author: fc.constantFrom('buyer' as const, 'avito' as const),
  type: fc.constantFrom('text', 'system', 'deleted', 'call', 'appCall', 'voice', 'hologram'),
  flowId,
  chatType: fc.constantFrom('u2i', 'u2u', 'a2u', null),
  createdAt: time,
  now: time,
  maxAgeMs: fc.integer({ min: 60_000, max: 10_000_000_000 }),
  switchedOnAt: time,
  autoReplyEnabled: fc.boolean(),
  chatMode: fc.constantFrom('auto' as const, 'human' as const),
  chatReplyMode: fc.option(replyMode),
  policy,
});

const author = fc.constantFrom('buyer' as const, 'us' as const, 'operator' as const);
const turn: fc.Arbitrary<TurnFacts> = fc.record({
  autoReplyEnabled: fc.boolean(),
  chatReplyMode: fc.option(replyMode),
  policy,
  messages: fc.array(
    fc.record({
      reason: fc.constantFrom(
        'buyer-message',
        'outside-hours-text',
        'flow-text',
        'asked-by-owner',
        'returned-to-auto',
      ),
      flowId,
      createdAt: time,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  tail: fc
    .array(fc.record({ author, text: fc.option(fc.constantFrom('Есть?', 'Да', '')), at: time }), {
      maxLength: 20,
    })
    .map((tail) => tail.toSorted((a, b) => a.at - b.at)),
  replies: fc.record({ lastHour: cap, lastDay: cap }),
  listingStatus: fc.option(fc.constantFrom(4, 10, 20)),
  lastTexts: fc.record({ outsideHours: fc.option(time), closedListing: fc.option(time) }),
  now: time,
});

test('whatever the facts, nobody answers Avito, a person’s chat, an old message, or while it is off', () => {
  fc.assert(
    fc.property(inbound, (facts) => {
      const { decision, reason } = decideInbound(facts);
      if (decision !== 'answer') return;
      const isAvitos = facts.author === 'avito' || facts.type === 'system';
      expect(isAvitos ? [reason, facts.flowId] : [reason]).toEqual(
        isAvitos
          ? ['flow-text', 'two_way_chats']
          : [expect.stringMatching(/^(buyer-message|outside-hours-text)$/)],
      );
      expect(facts).toMatchObject({ chatMode: 'auto', autoReplyEnabled: true });
      expect(facts.chatReplyMode ?? facts.policy.replyMode).not.toBe('off');
      expect(facts.now - facts.createdAt).toBeLessThanOrEqual(facts.maxAgeMs);
      expect(facts.createdAt + 1_000).toBeGreaterThan(facts.switchedOnAt);
    }),
    { numRuns: 3_000 },
  );
});

test('whatever the facts, a turn is never answered above a cap, in an off chat, or while all is off', () => {
  fc.assert(
    fc.property(turn, (facts) => {
      const decision = decideTurn(facts);
      if (decision.kind !== 'compose' && decision.kind !== 'text') return;
      expect(facts.autoReplyEnabled).toBe(true);
      const replyMode = facts.chatReplyMode ?? facts.policy.replyMode;
      expect(decision.isDraft).toBe(replyMode === 'draft');
      if (facts.messages.some(({ reason }) => reason === 'asked-by-owner')) return;
      expect(replyMode).not.toBe('off');
      if (decision.isDraft) return;
      const { perHour, perDay } = facts.policy.maxRepliesPerChat;
      expect(perHour === 0 || facts.replies.lastHour < perHour).toBe(true);
      expect(perDay === 0 || facts.replies.lastDay < perDay).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
