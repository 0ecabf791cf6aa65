import type { MediaReader } from '@avito-autoreply/rag';
import { silentLogger } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { buyerQuestion } from '../testing/buyer-question.ts';
import { setUpCompose } from '../testing/compose-set-up.ts';
import { createReadMedia } from './read-media.ts';

type Read = Omit<Awaited<ReturnType<MediaReader['read']>>, 'calls'>;

function setUp(answers: Read[], { canRead = true, isSpent = false, voiceUrls = true } = {}) {
  const fetched: string[] = [];
  const recorded: unknown[] = [];
  const world = setUpCompose();
  const readMedia = createReadMedia({
    turns: world.repositories.turns,
    media: {
      canRead: () => canRead,
      read: async ({ url }) => {
        fetched.push(url);
        return { text: undefined, ...answers.shift(), calls: [] };
      },
    },
    clientOf: () => ({
      getVoiceUrls: async ({ voiceIds: [id = ''] }) =>
        voiceUrls ? new Map([[id, `https://voice/${id}`]]) : new Map(),
    }),
    budget: {
      isSpent: async () => isSpent,
      record: async (usage) => {
        recorded.push(usage);
      },
    },
    logger: silentLogger,
  });
  return { ...world, readMedia, fetched, recorded };
}

async function writeVoice({ repositories, accountId, chatId }: ReturnType<typeof setUp>, type = 'voice') {
  const content =
    type === 'voice'
      ? { voice: { voice_id: 'v1' } }
      : {
          image: {
            sizes: {
              '32x32': 'https://i/small',
              '1280x960': 'https://i/large',
              '140x105': 'https://i/mid',
            },
          },
        };
  await repositories.turns.takeInMessage(
    buyerQuestion(
      { accountId, chatId },
      { messageId: `file-${type}`, type, text: null, content, maxWaitMs: 30_000 },
    ),
  );
  return repositories.chats.listMessages({ accountId, chatId });
}

const { signal } = new AbortController();

test('what was said is stored, so that another attempt neither fetches nor pays', async () => {
  const world = setUp([{ text: '[голосовое сообщение] До скольки?' }]);
  const read = await world.readMedia(await writeVoice(world), signal);
  expect(read.messages).toMatchObject([{ text: '[голосовое сообщение] До скольки?' }]);
  const { repositories, accountId, chatId, fetched, recorded } = world;
  const stored = await repositories.chats.listMessages({ accountId, chatId });
  expect(stored).toMatchObject([{ type: 'voice', text: '[голосовое сообщение] До скольки?' }]);
  expect(await world.readMedia(stored, signal)).toEqual({ messages: stored, unread: [], calls: [] });
  expect(fetched).toEqual(['https://voice/v1']);
  expect(recorded).toHaveLength(1);
});

test('of an image the largest size is read', async () => {
  const world = setUp([{ text: '[фото] Телефон' }]);
  expect(await world.readMedia(await writeVoice(world, 'image'), signal)).toMatchObject({
    messages: [{ text: '[фото] Телефон' }],
    unread: [],
  });
  expect(world.fetched).toEqual(['https://i/large']);
});

test.each([
  ['it cannot be fetched', {}, 1, 'not-downloaded'],
  ['there is no model', { canRead: false }, 0, 'no-model'],
  ['the money is spent', { isSpent: true }, 0, 'budget-spent'],
  ['Avito tells no address', { voiceUrls: false }, 0, 'no-address'],
])('when %s it stays without text, and can be tried again', async (_, options, times, reason) => {
  const world = setUp([{ text: undefined, failure: 'not-downloaded' }], options);
  const messages = await writeVoice(world);
  expect(await world.readMedia(messages, signal)).toMatchObject({
    messages: [{ text: null }],
    unread: [{ kind: 'voice', reason }],
  });
  expect(world.fetched).toHaveLength(times);
});

test.each(['file', 'video', 'appCall'])('a %s is not read', async (type) => {
  const world = setUp([]);
  expect(await world.readMedia(await writeVoice(world, type), signal)).toMatchObject({
    messages: [{ text: null }],
    unread: [],
  });
  expect(world.fetched).toEqual([]);
});

test('the answer is composed of what was said, without the label', async () => {
  const asking = setUpCompose({
    readMedia: async (messages) => ({
      messages: messages.map((message) => ({
        ...message,
        text: '[голосовое сообщение] До скольки вы работаете?',
      })),
      unread: [],
      calls: [{ model: 'hears', usage: { inputTokens: 30, outputTokens: 3 }, cost: 0.5 }],
    }),
  });
  await asking.write(null);
  await asking.run(1);
  expect(asking.asked).toMatchObject([{ question: 'До скольки вы работаете?' }]);
  const { repositories, accountId, chatId } = asking;
  const found = await repositories.replies.lookUp({ accountIds: [accountId], id: chatId });
  expect(found).toMatchObject({ reply: { trace: { usage: { cost: 0.5, calls: [{ model: 'hears' }] } } } });
});

test('why a picture was not read is stored with the reply', async () => {
  const asking = setUpCompose({
    readMedia: async (messages) => ({
      messages: [...messages],
      unread: [{ kind: 'image', reason: 'not-downloaded' }],
      calls: [],
    }),
  });
  await asking.write(null);
  await asking.run(1);
  const { repositories, accountId, chatId } = asking;
  const found = await repositories.replies.lookUp({ accountIds: [accountId], id: chatId });
  expect(found).toMatchObject({
    reply: { trace: { unread: [{ kind: 'image', reason: 'not-downloaded' }] } },
  });
});
