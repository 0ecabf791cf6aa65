import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUYER_ID, CHAT_ID, events, USER_ID } from '../testing/examples.ts';
import { storableJson } from '../wire/storable-json.ts';
import { classifyAuthor } from './author.ts';
import { eventKeyOf } from './event-key.ts';
import { identifyWebhookEvent, parseWebhookEvent } from './event.ts';

const { withValue } = events;

function messageIn(json: unknown) {
  const parsed = parseWebhookEvent(json);
  if (parsed.kind !== 'message') throw new Error(`not a message: ${parsed.reason} ${parsed.detail}`);
  return parsed.event;
}

test('a buyer’s message is read completely', () => {
  expect(messageIn(events.text)).toEqual({
    accountId: USER_ID,
    messageId: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
    chatId: CHAT_ID,
    chatType: 'u2i',
    authorId: BUYER_ID,
    type: 'text',
    text: 'Здравствуйте! Ещё продаёте? Торг есть?',
    content: { text: 'Здравствуйте! Ещё продаёте? Торг есть?' },
    flowId: null,
    itemId: 7632548911,
    createdAt: new Date(1795333201_000),
    publishedAt: new Date('2026-11-22T07:40:01Z'),
    sentAt: new Date(1795333202_000),
  });
});

describe('a message is read although', () => {
  test.each([
    ['its version is another', { ...events.text, version: 'v1.1' }],
    ['it has no version', { payload: events.text.payload }],
    ['it has extra fields', withValue({ novelty: { deep: [1] } })],
    ['its type is new', withValue({ type: 'hologram' })],
    ['its chat type is new', withValue({ chat_type: 'x2y' })],
    ['its listing is null', withValue({ item_id: null })],
    ['its listing is missing', withValue({ item_id: undefined })],
    ['its publication time is missing', withValue({ published_at: undefined })],
    ['its publication time is odd', withValue({ published_at: 'yesterday' })],
    ['its content is null', withValue({ content: null })],
    ['its content is missing', withValue({ content: undefined })],
  ])('%s', (_, json) => {
    expect(messageIn(json)).toMatchObject({ accountId: USER_ID, chatId: CHAT_ID });
  });
});

test('the listing’s id may exceed 32 bits or come as text', () => {
  expect(messageIn(withValue({ item_id: 7632548911 })).itemId).toBe(7632548911);
  expect(messageIn(withValue({ item_id: '7632548911' })).itemId).toBe(7632548911);
});

test('without a chat type the chat’s id tells it', () => {
  expect(messageIn(withValue({ chat_type: null })).chatType).toBe('u2i');
});

test('what PostgreSQL cannot store is taken out', () => {
  expect(messageIn(withValue({ content: { text: 'a\0b\uD83D' } }))).toMatchObject({
    text: 'ab\uFFFD',
    content: { text: 'ab\uFFFD' },
  });
});

describe('not understood, and no exception, is', () => {
  test.each([
    ['the probe', {}, 'empty', null],
    ['null', null, 'not-an-object', null],
    ['a list', [events.text], 'not-an-object', null],
    ['a text', 'hello', 'not-an-object', null],
    ['an object without payload', { id: 'x' }, 'unknown-payload-type', null],
    [
      'another payload type',
      { payload: { type: 'message_read', value: { user_id: USER_ID } } },
      'unknown-payload-type',
      USER_ID,
    ],
    ['a message without value', { payload: { type: 'message' } }, 'incomplete-message', null],
    ['a message without id', withValue({ id: undefined }), 'incomplete-message', USER_ID],
    ['a message without author', withValue({ author_id: null }), 'incomplete-message', USER_ID],
    ['a message of no time', withValue({ created: 1e18 }), 'incomplete-message', USER_ID],
  ] as const)('%s', (_, json, reason, accountId) => {
    expect(parseWebhookEvent(json)).toMatchObject({ kind: 'unrecognized', reason, accountId });
  });

  test('any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(parseWebhookEvent({ payload: { type: 'message', value: json } }).kind).toBe('unrecognized');
        expect(parseWebhookEvent(json).kind).toBe('unrecognized');
      }),
    );
  });

  test('a body nested so deep that it would exhaust the stack', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(parseWebhookEvent({ payload: { type: 'message', value: deep } }).kind).toBe('unrecognized');
    expect(messageIn(withValue({ content: { text: 'Да', deep } })).text).toBe('Да');
  });
});

test('the reason for a refusal quotes nothing of the message', () => {
  const parsed = parseWebhookEvent(withValue({ id: 7, content: { text: 'мой телефон 89990001122' } }));
  expect(JSON.stringify(parsed)).not.toMatch(/телефон|8999/);
});

describe('the author', () => {
  test.each([
    ['a text of somebody else', events.text, 'buyer'],
    ['a voice message', events.voice, 'buyer'],
    ['an image', events.image, 'buyer'],
    ['a file in a chat without listing', events.file, 'buyer'],
    ['our own message coming back', events.echo, 'own'],
    ['a system message of author 0', events.system, 'avito'],
    ['a text of author 1', withValue({ author_id: 1 }), 'avito'],
    ['a system message in a buyer’s name', withValue({ type: 'system' }), 'avito'],
    ['a flow’s message in our name', withValue({ author_id: USER_ID, content: { flow_id: 'x' } }), 'avito'],
    ['a text with a flow', withValue({ content: { flow_id: 'two_way_chats', text: 'x' } }), 'avito'],
  ] as const)('of %s is told', (_, json, kind) => {
    expect(classifyAuthor(messageIn(json))).toBe(kind);
  });
});

test('whose event it is, and which, is the same at a glance as from reading all of it', () => {
  const { withValue: _make, ...examples } = events;
  const oddValue = fc
    .tuple(fc.constantFrom(...Object.keys(events.text.payload.value)), fc.jsonValue())
    .map(([key, odd]) => withValue({ [key]: odd }));
  const payload = fc.record({
    type: fc.constantFrom('message', 'message_read', null),
    value: fc.oneof(fc.constant(events.text.payload.value), fc.jsonValue()),
  });
  const json = fc.oneof(
    fc.constantFrom<unknown>(...Object.values(examples)),
    oddValue,
    fc.record({ payload }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(json.map(storableJson), (storable) => {
      const read = parseWebhookEvent(storable);
      const identity = identifyWebhookEvent(storable);
      if (read.kind === 'unrecognized') expect(identity).toEqual(read);
      else {
        const { accountId, messageId } = read.event;
        expect(identity).toEqual({ kind: 'message', accountId, messageId });
      }
    }),
  );
});

describe('the event key', () => {
  const keyOf = (json: unknown) =>
    eventKeyOf({ identity: identifyWebhookEvent(json), rawBody: Buffer.from(JSON.stringify(json)) });

  test('names account and message, whatever else a redelivery changes', () => {
    const key = `m-${USER_ID}-5f0c9a7e21d84b6f8c3e1a2b4d6f7081`;
    expect(keyOf(events.text)).toBe(key);
    expect(keyOf({ ...events.text, id: 'another', timestamp: 1795339999 })).toBe(key);
  });

  test('of what is not understood is a digest of the bytes', () => {
    expect(keyOf({ odd: 1 })).toMatch(/^e-[0-9a-f]{32}$/);
    expect(keyOf({ odd: 1 })).toBe(keyOf({ odd: 1 }));
    expect(keyOf({ odd: 1 })).not.toBe(keyOf({ odd: 2 }));
  });
});
