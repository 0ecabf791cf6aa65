import { chatIdArgument, checkArguments, messageIdArgument, userIdArgument } from '../arguments.ts';

type Version = 1 | 2 | 3;

/** The account's part of a messenger path, e.g. `/messenger/v2/accounts/401122334`. */
export function accountPath(version: Version, userId: number): string {
  return `/messenger/v${version}/accounts/${checkArguments('userId', userIdArgument, userId)}`;
}

export function chatPath(version: Version, userId: number, chatId: string): string {
  const id = checkArguments('chatId', chatIdArgument, chatId);
  return `${accountPath(version, userId)}/chats/${encodeURIComponent(id)}`;
}

export function messagePath({
  userId,
  chatId,
  messageId,
}: {
  userId: number;
  chatId: string;
  messageId: string;
}): string {
  const id = checkArguments('messageId', messageIdArgument, messageId);
  return `${chatPath(1, userId, chatId)}/messages/${encodeURIComponent(id)}`;
}
