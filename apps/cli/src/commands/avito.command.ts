import type { BlacklistReason, Chat, ListItems, Message } from '@avito-autoreply/avito';
import { openAvito } from '../avito.ts';
import { minuteOf } from '../output/minute.ts';
import { oneLine } from '../output/one-line.ts';
import { tableLines } from '../output/table.ts';
import type { Command } from '../run-command.ts';

type Common = { account: number | undefined };
type InChat = Common & { chatId: string };

const TEXT_LENGTH = 80;

function summaryOf(message: Message): string {
  const { voice } = message.content;
  const isVoice = typeof voice === 'object' && voice !== null && 'voice_id' in voice;
  return oneLine(
    message.text ?? (isVoice ? `[voice ${String(voice.voice_id)}]` : `[${message.type}]`),
    TEXT_LENGTH,
  );
}

const chatRow = ({ id, updatedAt, buyer, item, lastMessage }: Chat) => [
  id,
  minuteOf(updatedAt),
  buyer?.name ?? '',
  oneLine(item?.title ?? '', TEXT_LENGTH),
  lastMessage === null ? '' : summaryOf(lastMessage),
];

export function listChats({ unread, limit, account }: Common & { unread: boolean; limit: number }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { avito, userId } = await openAvito(context, { account });
    const { chats, hasMore } = await avito.listChats({ userId, limit, unreadOnly: unread, signal });
    const rows = [['chat', 'updated', 'buyer', 'listing', 'last message'], ...chats.map(chatRow)];
    if (chats.length === 0) terminal.line('There is no such chat.');
    else for (const line of tableLines(rows)) terminal.line(line);
    terminal.json({ accountId: userId, chats, hasMore });
    return 0;
  };
}

export function listMessages({ chatId, limit, account }: InChat & { limit: number }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { avito, userId } = await openAvito(context, { account });
    const { messages, hasMore } = await avito.listMessages({ userId, chatId, limit, signal });
    const rows = messages
      .toReversed()
      .map((message) => [minuteOf(message.createdAt), message.direction, message.id, summaryOf(message)]);
    for (const line of tableLines([['sent', '', 'message', 'text'], ...rows])) terminal.line(line);
    terminal.json({ accountId: userId, chatId, messages, hasMore });
    return 0;
  };
}

export function markRead({ chatId, account }: InChat): Command {
  return async (context) => {
    const { avito, userId } = await openAvito(context, { account });
    await avito.markChatRead({ userId, chatId, signal: context.signal });
    context.terminal.line('Avito shows no message of this chat as unread now.');
    context.terminal.json({ accountId: userId, chatId, read: true });
    return 0;
  };
}

export function deleteMessage({ chatId, messageId, account }: InChat & { messageId: string }): Command {
  return async (context) => {
    const { avito, userId } = await openAvito(context, { account });
    await avito.deleteMessage({ userId, chatId, messageId, signal: context.signal });
    context.terminal.line(`deleted: message ${messageId}`);
    context.terminal.json({ accountId: userId, chatId, messageId, deleted: true });
    return 0;
  };
}

/** Exit code 1: one of them has no address. */
export function voiceUrls({ voiceIds, account }: Common & { voiceIds: readonly string[] }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { avito, userId } = await openAvito(context, { account });
    const urls = await avito.getVoiceUrls({ userId, voiceIds, signal });
    const voices = voiceIds.map((voiceId) => ({ voiceId, url: urls.get(voiceId) ?? null }));
    for (const { voiceId, url } of voices)
      terminal.line(`${voiceId}  ${url ?? 'Avito gives no address for it'}`);
    terminal.json({ accountId: userId, voices });
    return voices.some(({ url }) => url === null) ? 1 : 0;
  };
}

export function blacklist({
  buyerId,
  reason,
  itemId,
  account,
}: Common & { buyerId: number; reason: BlacklistReason; itemId: number | undefined }): Command {
  return async (context) => {
    const { avito, userId } = await openAvito(context, { account });
    await avito.blacklistBuyer({ userId, buyerId, reason, itemId, signal: context.signal });
    context.terminal.line(
      `Buyer ${buyerId} cannot write to this account any more; only Avito's app can undo that.`,
    );
    context.terminal.json({ accountId: userId, buyerId, reason, blacklisted: true });
    return 0;
  };
}

export function listItems({
  status,
  page,
  account,
}: Common & { status: NonNullable<ListItems['statuses']>; page: number }): Command {
  return async (context) => {
    const { terminal, signal } = context;
    const { avito, userId } = await openAvito(context, { account });
    const { items, nextPage } = await avito.listItems({ userId, statuses: status, page, signal });
    const rows = items.map(({ id, status: state, price, title }) => [
      String(id),
      state ?? '',
      price === null ? '' : `${price} ₽`,
      title ?? '',
    ]);
    if (items.length === 0) terminal.line('There is no such listing.');
    else
      for (const line of tableLines([['listing', 'status', 'price', 'title'], ...rows])) terminal.line(line);
    if (nextPage !== null) terminal.line(`There may be more: --page ${nextPage}`);
    terminal.json({ accountId: userId, items, nextPage });
    return 0;
  };
}
