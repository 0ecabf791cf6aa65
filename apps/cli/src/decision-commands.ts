import { Argument, type Command as Program, Option } from 'commander';
import { chatMode, chatPause, chatResume, chatUnread } from './commands/chat.command.ts';
import { draftDiscard, draftList, draftSend } from './commands/drafts.command.ts';
import { unansweredAnswer, unansweredDismiss, unansweredList } from './commands/unanswered.command.ts';
import { account, type Common, json, wholeNumber } from './options.ts';
import type { Command } from './run-command.ts';

type Run = (options: Common, command: Command) => Promise<void>;
type Page = Common & { limit: number; skip: number };

const limit = () => new Option('--limit <n>', 'how many').argParser(wholeNumber).default(20);
const skip = () => new Option('--skip <n>', 'how many to pass over').argParser(wholeNumber).default(0);

/** What the owner decides: drafts, messages that were not answered, and who has a chat. */
export function addDecisionCommands(program: Program, run: Run): void {
  const drafts = program.command('drafts').description('answers that wait for the owner');
  drafts
    .command('list', { isDefault: true })
    .description('who waits longest comes first')
    .addOption(limit())
    .addOption(skip())
    .addOption(account())
    .addOption(json())
    .action((options: Page) =>
      run(options, draftList({ account: options.account, limit: options.limit, offset: options.skip })),
    );
  drafts
    .command('send <reply>')
    .description('let a draft go')
    .option('--text <text>', 'another text in its place')
    .addOption(account())
    .addOption(json())
    .action((replyId: string, options: Common & { text?: string }) =>
      run(options, draftSend({ replyId, text: options.text, account: options.account })),
    );
  drafts
    .command('discard <reply>')
    .description('throw a draft away; its question stays on the list of what was not answered')
    .addOption(account())
    .addOption(json())
    .action((replyId: string, options: Common) =>
      run(options, draftDiscard({ replyId, account: options.account })),
    );

  const unanswered = program
    .command('unanswered')
    .description('messages that neither the program nor a person has answered, and why');
  unanswered
    .command('list', { isDefault: true })
    .description('the latest first')
    .addOption(limit())
    .addOption(skip())
    .addOption(account())
    .addOption(json())
    .action((options: Page) =>
      run(options, unansweredList({ account: options.account, limit: options.limit, offset: options.skip })),
    );
  unanswered
    .command('answer <message>')
    .description('have it answered automatically after all, however old it is')
    .addOption(account())
    .addOption(json())
    .action((messageId: string, options: Common) =>
      run(options, unansweredAnswer({ messageId, account: options.account })),
    );
  unanswered
    .command('dismiss <message>')
    .description('take it off the list: it needs no answer')
    .addOption(account())
    .addOption(json())
    .action((messageId: string, options: Common) =>
      run(options, unansweredDismiss({ messageId, account: options.account })),
    );

  const chat = program.command('chat').description('who answers in a chat');
  chat
    .command('pause <chat>')
    .description('give it to a person')
    .addOption(account())
    .addOption(json())
    .action((chatId: string, options: Common) =>
      run(options, chatPause({ chatId, account: options.account })),
    );
  chat
    .command('resume <chat>')
    .description('give it back to automatic answers, from the next message on')
    .addOption(account())
    .addOption(json())
    .action((chatId: string, options: Common) =>
      run(options, chatResume({ chatId, account: options.account })),
    );
  chat
    .command('mode <chat>')
    .description("what the program does in it, whatever the account's settings say")
    .addArgument(new Argument('<mode>').choices(['auto', 'draft', 'off', 'account'] as const))
    .addOption(account())
    .addOption(json())
    .action((chatId: string, mode: 'auto' | 'draft' | 'off' | 'account', options: Common) =>
      run(
        options,
        chatMode({ chatId, replyMode: mode === 'account' ? null : mode, account: options.account }),
      ),
    );
  chat
    .command('unread')
    .description('those that Avito does not let us read: what is in them, only Avito shows')
    .addOption(account())
    .addOption(json())
    .action((options: Common) => run(options, chatUnread({ account: options.account })));
}
