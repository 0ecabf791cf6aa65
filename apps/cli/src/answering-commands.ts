import type { Command as Program } from 'commander';
import {
  answersAdd,
  answersChange,
  answersExport,
  answersImport,
  answersList,
  answersRemove,
} from './commands/answers.command.ts';
import { gapsAnswer, gapsDismiss, gapsList } from './commands/gaps.command.ts';
import {
  settingsPreview,
  settingsRollback,
  settingsSet,
  settingsShow,
  settingsVersions,
} from './commands/settings.command.ts';
import { why } from './commands/why.command.ts';
import { account, type Common, json, wholeNumber } from './options.ts';
import type { Command } from './run-command.ts';

type Run = (options: Common, command: Command) => Promise<void>;

const addTo = (parent: Program) => (usage: string, description: string) =>
  parent.command(usage).description(description).addOption(account()).addOption(json());

function addSettings(program: Program, run: Run): void {
  const add = addTo(
    program.command('settings').description('how answers are worded: versions of a JSON file'),
  );
  add('show', 'what holds now, as the JSON that `set` takes').action((options: Common) =>
    run(options, settingsShow({ account: options.account })),
  );
  add('set <file>', 'publish a new version, which holds at once')
    .option('--base <version>', 'refuse it when another version holds by now', wholeNumber)
    .option('--note <text>', 'why')
    .action((path: string, { base, note, ...options }: Common & { base?: number; note?: string }) =>
      run(options, settingsSet({ path, base, note, account: options.account })),
    );
  add('versions', 'all versions, the newest first').action((options: Common) =>
    run(options, settingsVersions({ account: options.account })),
  );
  add('rollback', 'a new version with the content of an old one')
    .argument('<version>', 'its number', wholeNumber)
    .option('--note <text>', 'why')
    .action((version: number, { note, ...options }: Common & { note?: string }) =>
      run(options, settingsRollback({ version, note, account: options.account })),
    );
  add('preview <file>', 'answers by what holds now and by the file, side by side; sends nothing')
    .requiredOption('--question <text...>', 'what is asked')
    .action((path: string, { question: questions, ...options }: Common & { question: string[] }) =>
      run(options, settingsPreview({ path, questions, account: options.account })),
    );
}

function addAnswers(program: Program, run: Run): void {
  const add = addTo(
    program.command('answers').description('approved answers: sent as they stand, without a model'),
  );
  add('list', 'the approved answers, the newest first')
    .option('--search <text>', 'a part of the question or the answer')
    .action(({ search, ...options }: Common & { search?: string }) =>
      run(options, answersList({ search, account: options.account })),
    );
  add('add <question> <answer>', 'approve an answer; one that the question has already is replaced').action(
    (question: string, answer: string, options: Common) =>
      run(options, answersAdd({ question, answer, account: options.account })),
  );
  add('change <id> <question> <answer>', 'change an approved answer').action(
    (id: string, question: string, answer: string, options: Common) =>
      run(options, answersChange({ id, question, answer, account: options.account })),
  );
  add('remove <id>', 'remove an approved answer').action((id: string, options: Common) =>
    run(options, answersRemove({ id, account: options.account })),
  );
  add('import <file>', 'add the pairs of an Excel (.xlsx), CSV or JSON file').action(
    (path: string, options: Common) => run(options, answersImport({ path, account: options.account })),
  );
  add('export [file]', 'write all pairs to a .csv or .json file, or print them').action(
    (path: string | undefined, options: Common) =>
      run(options, answersExport({ path, account: options.account })),
  );
}

function addGaps(program: Program, run: Run): void {
  const gaps = program.command('gaps').description('what buyers ask and nothing answers');
  const add = addTo(gaps);
  gaps
    .command('list', { isDefault: true })
    .description('the gaps, the most asked first')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .addOption(account())
    .addOption(json())
    .action(({ limit, ...options }: Common & { limit: number }) =>
      run(options, gapsList({ limit, account: options.account })),
    );
  add('answer <gap> <answer>', 'approve an answer, which the next question gets; the gap is closed')
    .option('--question <text>', 'in place of the wording in which it was asked most')
    .option('--all-wordings', 'every wording of the gap gets the answer')
    .action(
      (
        gapId: string,
        answer: string,
        { question, allWordings = false, ...options }: Common & { question?: string; allWordings?: boolean },
      ) => run(options, gapsAnswer({ gapId, answer, question, allWordings, account: options.account })),
    );
  add('dismiss <gap>', 'questions like it are not shown any more').action((gapId: string, options: Common) =>
    run(options, gapsDismiss({ gapId, account: options.account })),
  );
}

/** Commands about how answers are made, and why they are as they are. */
export function addAnsweringCommands(program: Program, run: Run): void {
  addSettings(program, run);
  addAnswers(program, run);
  addGaps(program, run);
  addTo(program)('why <id>', 'why a buyer was answered so: the id of a reply, a message or a chat').action(
    (id: string, options: Common) => run(options, why({ id, account: options.account })),
  );
}
