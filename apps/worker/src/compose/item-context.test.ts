import { AvitoConnectionError, type AvitoClient } from '@avito-autoreply/avito';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { createItemContext } from './item-context.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const garage = { title: 'Гараж', priceString: '300 000 ₽', url: null, status: 10 };
const known = { item: { title: 'Гараж', price: '300 000 ₽', url: undefined }, status: 10 };

/** A chat whose listing was looked up so long ago, and an Avito that tells another price. */
function setUp({
  lookedUpBefore = null,
  answer,
  written = Promise.resolve(),
}: {
  lookedUpBefore?: number | null;
  answer?: Error;
  /** When the chat's row has it, or why it has not. */
  written?: Promise<void>;
}) {
  const chat = {
    accountId: 7,
    chatId: 'u2i-1',
    item: garage,
    itemCheckedAt: lookedUpBefore === null ? null : new Date(NOW - lookedUpBefore),
  };
  let asked = 0;
  const getChat: AvitoClient['getChat'] = async ({ chatId: id }) => {
    asked += 1;
    if (answer) throw answer;
    const item = { ...garage, id: 1, priceString: '250 000 ₽', location: null };
    return { id, type: 'u2i', createdAt: null, updatedAt: null, item, buyer: null, lastMessage: null };
  };
  const stored: unknown[] = [];
  const itemContext = createItemContext({
    chats: {
      describeChat: ({ item }) => {
        stored.push(item);
        return written;
      },
    },
    clientOf: () => ({ getChat }),
    clock: { now: () => NOW },
    logger: silentLogger,
  });
  const look = () => itemContext({ chat, signal: new AbortController().signal });
  return { look, asked: () => asked, stored };
}

test('a listing that was looked up minutes ago is taken from the row', async () => {
  const { look, asked } = setUp({ lookedUpBefore: 14 * MINUTE });
  expect(await look()).toMatchObject(known);
  expect(asked()).toBe(0);
});

test.each([{ lookedUpBefore: 16 * MINUTE }, { lookedUpBefore: null }])(
  'an older one is looked up again, and kept',
  async ({ lookedUpBefore }) => {
    const { look, stored } = setUp({ lookedUpBefore });
    expect(await look()).toMatchObject({ item: { price: '250 000 ₽' } });
    expect(stored).toMatchObject([{ priceString: '250 000 ₽' }]);
  },
);

test('where Avito does not tell it, what was known before is used', async () => {
  const answer = new AvitoConnectionError('GET chat: silent', {
    code: 'avito.timeout',
    requestMayHaveArrived: true,
    mayHaveTakenEffect: false,
  });
  const { look, asked } = setUp({ lookedUpBefore: 16 * MINUTE, answer });
  expect(await look()).toMatchObject(known);
  expect(asked()).toBe(1);
});

test('it is there before the row has it', async () => {
  const { promise: written, resolve } = Promise.withResolvers<void>();
  const { item, kept } = await setUp({ written }).look();
  expect(item?.price).toBe('250 000 ₽');
  resolve();
  await kept;
});

test('a row that cannot be written takes nothing from the answer', async () => {
  const { item, kept } = await setUp({ written: Promise.reject(new Error('no database')) }).look();
  expect(item?.price).toBe('250 000 ₽');
  await expect(kept).resolves.toBeUndefined();
});
