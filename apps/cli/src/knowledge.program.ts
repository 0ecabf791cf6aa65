import type { Command as Program } from 'commander';
import { kbReport, kbStatus } from './commands/kb-insight.command.ts';
import { kbDropSpace, kbReembed, kbSpaces, kbSwitchSpace } from './commands/kb-spaces.command.ts';
import { kbSync } from './commands/kb-sync.command.ts';
import { kbExport, kbImport } from './commands/kb-transfer.command.ts';
import { kbList, kbRemove, kbSearch } from './commands/kb.command.ts';
import { account, type Common, hours, json, wholeNumber } from './options.ts';
import type { Command } from './run-command.ts';

type KnowledgeProgram = {
  program: Program;
  run: (options: Common, command: Command) => Promise<void>;
};

/** The `kb` commands with their help. */
export function addKnowledgeCommands({ program, run }: KnowledgeProgram): void {
  const kb = program.command('kb').description('the knowledge base that answers come from');
  const add = (usage: string, description: string) =>
    kb.command(usage).description(description).addOption(account()).addOption(json());

  add(
    'sync [sources...]',
    'bring the base in line with files, folders (Markdown, text, HTML, PDF, DOCX, XLSX, CSV and JSON) and addresses of the web',
  )
    .option('--listings', "the account's listings on Avito as well")
    .option('--item <id>', 'the sources belong to this listing only', wholeNumber)
    .option('--every <hours>', 'read addresses and listings again so often, by the worker', hours)
    .option(
      '--replace',
      'a folder takes the place of what the base has under its name, even if most of that is gone',
    )
    .action(
      (
        sources: string[],
        given: Common & { listings?: boolean; item?: number; every?: number; replace?: boolean },
      ) =>
        run(
          given,
          kbSync({
            sources,
            withListings: given.listings ?? false,
            itemId: given.item,
            everyHours: given.every,
            replaces: given.replace ?? false,
            account: given.account,
          }),
        ),
    );
  add('list', 'the documents in the base').action((given: Common) =>
    run(given, kbList({ account: given.account })),
  );
  add('status', 'the sources of the base: when each was read, how often, and what went wrong').action(
    (given: Common) => run(given, kbStatus({ account: given.account })),
  );
  add('search <question>', 'the passages that a question finds, with their scores')
    .option('--limit <n>', 'how many', wholeNumber, 5)
    .option('--item <id>', 'as a buyer of this listing asks', wholeNumber)
    .action((question: string, given: Common & { limit: number; item?: number }) =>
      run(given, kbSearch({ question, limit: given.limit, itemId: given.item, account: given.account })),
    );
  add('remove <source...>', 'remove sources by the keys that `kb status` shows').action(
    (sources: string[], given: Common) => run(given, kbRemove({ sources, account: given.account })),
  );
  add('report', 'what the base says twice, and where it contradicts itself; changes nothing')
    .option('--limit <n>', 'how many of each', wholeNumber, 50)
    .action((given: Common & { limit: number }) =>
      run(given, kbReport({ limit: given.limit, account: given.account })),
    );
  add('spaces', 'the embedding spaces of the base, and which one serves').action((given: Common) =>
    run(given, kbSpaces({ account: given.account })),
  );
  add(
    'reembed',
    'make vectors with the configured model beside those that serve, then switch; goes on where it was',
  )
    .option('--no-switch', 'only fill the space')
    .action((given: Common & { switch: boolean }) =>
      run(given, kbReembed({ isSwitching: given.switch, account: given.account })),
    );
  add('switch <space>', 'let another filled space serve').action((space: string, given: Common) =>
    run(given, kbSwitchSpace({ space, account: given.account })),
  );
  add('drop-space <space>', 'remove the vectors of a space that does not serve').action(
    (space: string, given: Common) => run(given, kbDropSpace({ space, account: given.account })),
  );
  add('export <folder>', 'write the whole base into files that diff well').action(
    (folder: string, given: Common) => run(given, kbExport({ folder, account: given.account })),
  );
  add('import <folder>', 'read an export; all of it is checked before anything is written')
    .option('--replace', 'remove documents that the export does not hold')
    .action((folder: string, given: Common & { replace?: boolean }) =>
      run(given, kbImport({ folder, isWhole: given.replace ?? false, account: given.account })),
    );
}
