import { expect, test } from 'vitest';
import { defaultAccount } from './shop.ts';
import { createWorld, newestFirst } from './world.ts';

const buyer = { id: 287_654_321, name: 'Иван' };

function openedChat() {
  const time = { now: 1_795_333_201_000 };
  const world = createWorld({ clock: { now: () => time.now }, initial: () => [defaultAccount()] });
  const account = world.account(401_122_334);
  if (!account) throw new TypeError('the sample shop is there');
  const chat = world.openChat({ accountId: account.id, type: 'u2i', buyer, listing: account.listings[0] });
  const write = (authorId: number, text: string, created?: number) =>
    world.addMessage({ chat, authorId, type: 'text', content: { text }, created });
  return { world, account, chat, write, time };
}

test('messages are listed newest first; within one second the later arrival comes first', () => {
  const { chat, write } = openedChat();
  write(buyer.id, 'one', 100);
  write(buyer.id, 'three', 200);
  write(buyer.id, 'two', 100);
  expect(newestFirst(chat.messages).map((message) => message.content['text'])).toEqual([
    'three',
    'two',
    'one',
  ]);
});

test('who writes has read what was written before', () => {
  const { account, write } = openedChat();
  const answer = write(account.id, 'да', 100);
  expect(answer).toMatchObject({ direction: 'out', isRead: true, read: null });
  write(buyer.id, 'спасибо', 160);
  expect(answer.read).toBe(160);
});

test('ids look like the live ones: a tilde in the chat id, 32 hex in the message id, an item beyond 32 bits', () => {
  const { account, chat, write } = openedChat();
  expect(chat.id).toMatch(/^u2i-[\w-]{11}~[\w-]{10}$/);
  expect(write(buyer.id, 'x').id).toMatch(/^[0-9a-f]{32}$/);
  expect(account.listings.every((listing) => listing.id > 2 ** 31)).toBe(true);
});

test('chats are listed by their last update, and go when their account is replaced', () => {
  const { world, account, chat, write, time } = openedChat();
  time.now += 5_000;
  const later = world.openChat({ accountId: account.id, type: 'u2i', buyer, listing: undefined });
  expect(world.chatsOf(account.id)).toEqual([later, chat]);
  time.now += 5_000;
  write(buyer.id, 'x');
  expect(world.chatsOf(account.id)).toEqual([chat, later]);
  world.putAccount(defaultAccount());
  expect(world.chatsOf(account.id)).toEqual([]);
});

test('a reset brings the first accounts back, without what was done to them', () => {
  const { world, account } = openedChat();
  account.subscriptions.push({ url: 'https://a.example', version: '3' });
  world.reset();
  expect(world.accounts()).toEqual([defaultAccount()]);
});
