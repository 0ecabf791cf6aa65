import type { Chat } from '@avito-autoreply/avito';
import { silentLogger } from '@avito-autoreply/runtime';
import { describe, expect, test } from 'vitest';
import { createChangedChats } from './changed-chats.ts';

const chatAt = (id: string, second: number): Chat => {
  const createdAt = new Date(second * 1_000);
  return {
    id,
    type: 'u2i',
    createdAt: null,
    updatedAt: createdAt,
    item: null,
    buyer: null,
    lastMessage: {
      id: `last-of-${id}`,
      authorId: 7,
      createdAt,
      direction: 'in',
      type: 'text',
      text: 'а',
      content: {},
      isRead: null,
      readAt: null,
      quote: null,
    },
  };
};

/** `listed` the newest first, as Avito does. */
function setUp({ listed, unread = [], polled = [], readBefore = [], known = [] }: Lists) {
  let lists = 0;
  let entries = 0;
  const changedChats = createChangedChats({
    avito: {
      eachChat: async function* ({ unreadOnly }) {
        lists += 1;
        for (const chat of unreadOnly ? unread : listed) {
          entries += 1;
          yield chat;
        }
      },
    },
    polls: {
      polledUpTo: async () =>
        new Map([
          ...polled.map((id) => [id, `last-of-${id}`] as const),
          ...readBefore.map((id) => [id, 'one-before'] as const),
        ]),
      unknownMessages: async ({ messageIds }) =>
        new Set(messageIds.filter((messageId) => !known.includes(messageId.slice('last-of-'.length)))),
    },
    logger: silentLogger,
  });
  const look = async (cutoff: number) =>
    (
      await changedChats({
        accountId: 1,
        cutoff,
        signal: new AbortController().signal,
        onProgress: async () => {},
      })
    ).map(({ id }) => id);
  return { look, counts: () => ({ lists, entries }) };
}

type Lists = {
  listed: Chat[];
  unread?: Chat[];
  polled?: string[];
  /** Up to another message than their last one, the first longest ago. */
  readBefore?: string[];
  known?: string[];
};

describe('the chats to read', () => {
  test('that do not tell when they changed are read, and do not end the list', async () => {
    const silent = { ...chatAt('silent', 0), updatedAt: null, lastMessage: null };
    const { look } = setUp({ listed: [chatAt('new', 100), silent, chatAt('newer', 90), chatAt('old', 10)] });
    expect(await look(50_000)).toEqual(['new', 'newer', 'silent']);
  });

  test('are those touched since the cutoff; the list is read no further', async () => {
    const { look, counts } = setUp({
      listed: [chatAt('new', 30), chatAt('just', 20), chatAt('old', 19), chatAt('older', 1)],
    });
    expect(await look(20_000)).toEqual(['new', 'just']);
    expect(counts()).toEqual({ lists: 1, entries: 3 });
  });

  test('leave out those that were read up to their last message', async () => {
    const { look } = setUp({ listed: [chatAt('a', 30), chatAt('b', 29)], polled: ['a'] });
    expect(await look(0)).toEqual(['b']);
  });

  test('begin with those whose last message nobody has brought', async () => {
    const { look } = setUp({
      listed: [chatAt('known', 30), chatAt('missed', 29), chatAt('known-too', 28)],
      known: ['known', 'known-too'],
    });
    expect(await look(0)).toEqual(['missed', 'known', 'known-too']);
  });

  test('go on with those that were never read, then with those read longest ago', async () => {
    const listed = ['busy', 'quiet', 'never', 'missed'].map((id, index) => chatAt(id, 30 - index));
    const { look } = setUp({ listed, readBefore: ['quiet', 'busy'], known: ['busy', 'quiet', 'never'] });
    expect(await look(0)).toEqual(['missed', 'never', 'quiet', 'busy']);
  });

  test('hold the unread ones where more have changed than Avito lists', async () => {
    const listed = Array.from({ length: 1_100 }, (_, n) => chatAt(`c${n}`, 5_000 - n));
    const { look, counts } = setUp({
      listed,
      unread: [chatAt('c0', 5_000), chatAt('unreachable', 100), chatAt('too-old', 1)],
    });
    const found = await look(50_000);
    expect(found).toHaveLength(1_101);
    expect(found).toContain('unreachable');
    expect(counts().lists).toBe(2);
  });
});
