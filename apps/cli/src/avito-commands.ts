import { blacklistReasons, itemStatuses } from '@avito-autoreply/avito';
import { type Command as Program, Option } from 'commander';
import {
  blacklist,
  deleteMessage,
  listChats,
  listItems,
  listMessages,
  markRead,
  voiceUrls,
} from './commands/avito.command.ts';
import { connect } from './commands/connect.command.ts';
import { sendImage } from './commands/send-image.command.ts';
import { send } from './commands/send.command.ts';
import { account, type Common, json, wholeNumber } from './options.ts';
import type { Command } from './run-command.ts';

type Run = (options: Common, command: Command) => Promise<void>;
type Statuses = NonNullable<Parameters<typeof listItems>[0]['status']>;

/** Commands that ask Avito, or let it do something, as the account itself. */
export function addAvitoCommands(program: Program, run: Run): void {
  const add = (usage: string, description: string) =>
    program.command(usage).description(description).addOption(account()).addOption(json());

  add('chats', "the account's chats on Avito, the latest first")
    .option('--unread', 'only those with unread messages')
    .option('--limit <n>', 'how many, at most 100', wholeNumber, 20)
    .action(({ unread = false, limit, ...options }: Common & { unread?: boolean; limit: number }) =>
      run(options, listChats({ unread, limit, account: options.account })),
    );
  add('messages <chat>', "a chat's messages on Avito, the newest last")
    .option('--limit <n>', 'how many, at most 100', wholeNumber, 20)
    .action((chatId: string, { limit, ...options }: Common & { limit: number }) =>
      run(options, listMessages({ chatId, limit, account: options.account })),
    );
  add('send <chat> <text>', 'send a text to a chat as the account itself; a long one in parts').action(
    (chatId: string, text: string, options: Common) =>
      run(options, send({ chatId, text, account: options.account })),
  );
  add('send-image', 'send an image to a chat: JPEG, PNG, GIF, BMP or HEIC, at most 24 MB')
    .requiredOption('--chat <chat>', 'the chat')
    .requiredOption('--file <path>', 'the image')
    .action(({ chat: chatId, file, ...options }: Common & { chat: string; file: string }) =>
      run(options, sendImage({ chatId, file, account: options.account })),
    );
  add('mark-read <chat>', 'mark all messages of a chat as read').action((chatId: string, options: Common) =>
    run(options, markRead({ chatId, account: options.account })),
  );
  add(
    'delete-message <chat> <message>',
    "delete one of the account's messages, within an hour of sending it",
  ).action((chatId: string, messageId: string, options: Common) =>
    run(options, deleteMessage({ chatId, messageId, account: options.account })),
  );
  add('voice-url <voice...>', 'where voice messages can be listened to, for an hour').action(
    (voiceIds: string[], options: Common) => run(options, voiceUrls({ voiceIds, account: options.account })),
  );
  add('blacklist', 'forbid a buyer to write to the account; the API has no way back')
    .argument('<buyer>', "the buyer's Avito user id", wholeNumber)
    .addOption(new Option('--reason <reason>', 'why').choices(blacklistReasons).makeOptionMandatory())
    .option('--item <id>', 'the listing that the buyer wrote about', wholeNumber)
    .action(
      (
        buyerId: number,
        {
          reason,
          item: itemId,
          ...options
        }: Common & { reason: (typeof blacklistReasons)[number]; item?: number },
      ) => run(options, blacklist({ buyerId, reason, itemId, account: options.account })),
    );
  add('items', "the account's listings on Avito")
    .addOption(
      new Option('--status <status...>', 'of which states').choices(itemStatuses).default(['active']),
    )
    .option('--page <n>', 'which page of 99', wholeNumber, 1)
    .action(({ status, page, ...options }: Common & { status: Statuses; page: number }) =>
      run(options, listItems({ status, page, account: options.account })),
    );
  add('connect', "connect an account by its owner's consent (AVITO_GRANT=consent)")
    .option('--code <code>', 'what came back with the consent; without it, the page to consent on is shown')
    .option('--state <state>', 'what came back beside the code')
    .action(({ code, state, ...options }: Common & { code?: string; state?: string }) =>
      run(options, connect({ code, state, account: options.account })),
    );
}
