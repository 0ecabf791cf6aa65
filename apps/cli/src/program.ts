import type { Environment } from '@avito-autoreply/config';
import { Command as Program, CommanderError } from 'commander';
import { addAnsweringCommands } from './answering-commands.ts';
import { addAvitoCommands } from './avito-commands.ts';
import { alertList } from './commands/alerts.command.ts';
import { ask } from './commands/ask.command.ts';
import { demo } from './commands/demo.command.ts';
import { webhookDiagnose } from './commands/diagnose.command.ts';
import { doctor } from './commands/doctor.command.ts';
import { erase } from './commands/erase.command.ts';
import { jobsFailed, jobsRetry } from './commands/jobs.command.ts';
import { spend } from './commands/spend.command.ts';
import { up } from './commands/up.command.ts';
import { webhookRegister, webhookStatus, webhookUnregister } from './commands/webhook.command.ts';
import { addDecisionCommands } from './decision-commands.ts';
import { addEvalCommands } from './eval-commands.ts';
import type { ExitCode } from './exit-code.ts';
import { addKnowledgeCommands } from './knowledge.program.ts';
import { account, type Common, json, wholeNumber } from './options.ts';
import type { Output } from './output/terminal.ts';
import { type Command, runCommand } from './run-command.ts';

const collect = (value: string, before: string[]) => [...before, value];

type ProgramOptions = {
  environment: Environment;
  version: string;
  output: Output;
  onExitCode: (code: ExitCode) => void;
};

/** All commands with their help. */
function createProgram({ environment, version, output, onExitCode }: ProgramOptions): Program {
  const program = new Program('autoreply')
    .description("Answers buyers' messages on Avito from the seller's own knowledge base.")
    .version(version)
    .showHelpAfterError('(add --help for what it takes)')
    .addHelpText(
      'after',
      '\nVariables are read from the environment and from .env; .env.example explains them.',
    )
    .configureOutput({
      writeOut: (text) => void output.stdout.write(text),
      writeErr: (text) => void output.stderr.write(text),
    })
    .exitOverride();
  const run = async (options: Common, command: Command): Promise<void> =>
    onExitCode(await runCommand({ environment, isJson: options.json ?? false, output, command }));

  program
    .command('demo')
    .description('buyers write, the system answers: the whole path on this machine, with figures at the end')
    .addOption(json())
    .option('--verbose', 'show what the apps log')
    .action((options: Common & { verbose?: boolean }) =>
      run(options, demo({ isVerbose: options.verbose ?? false })),
    );

  program
    .command('up')
    .description(
      'start everything and stay up: on the real Avito with credentials in .env, else on the simulator',
    )
    .option('--verbose', 'show everything that the apps log, not only warnings')
    .action((options: { verbose?: boolean }) => run({}, up({ isVerbose: options.verbose ?? false })));

  addKnowledgeCommands({ program, run });

  program
    .command('ask <question>')
    .description('the answer that a buyer would get, and where it comes from; sends nothing')
    .option('--item <id>', 'as a buyer of this listing asks', wholeNumber)
    .addOption(account())
    .addOption(json())
    .action((question: string, options: Common & { item?: number }) =>
      run(options, ask({ question, itemId: options.item, account: options.account })),
    );

  addEvalCommands(program, run);

  const webhook = program.command('webhook').description("where Avito delivers the account's messages");
  webhook
    .command('register <url>')
    .description('register the public address of ingest; the configured token is appended')
    .option('--replace', 'take the place of another system that is registered')
    .option('--skip-probe', 'register without asking the address first: where only the outside can reach it')
    .addOption(account())
    .addOption(json())
    .action((url: string, options: Common & { replace?: boolean; skipProbe?: boolean }) =>
      run(
        options,
        webhookRegister({
          url,
          replace: options.replace ?? false,
          skipProbe: options.skipProbe ?? false,
          account: options.account,
        }),
      ),
    );
  webhook
    .command('status')
    .description('what is registered and whose it is, the token, and what stands in the way')
    .addOption(account())
    .addOption(json())
    .action((options: Common) => run(options, webhookStatus({ account: options.account })));
  webhook
    .command('unregister [url]')
    .description('remove a subscription; without an address, the current one')
    .addOption(account())
    .addOption(json())
    .action((url: string | undefined, options: Common) =>
      run(options, webhookUnregister({ url, account: options.account })),
    );
  webhook
    .command('diagnose')
    .description('which key and algorithm made the signature of one captured request; shows no key')
    .requiredOption(
      '--request <file>',
      'a raw HTTP request, or JSON {headers, body or bodyBase64}; - for stdin',
    )
    .option('--body <file>', 'the body, where the request file holds only headers')
    .option('--key <value>', 'one more key to try; may be repeated', collect, [])
    .option('--url <address>', 'the address as it was registered; may be repeated', collect, [])
    .addOption(json())
    .action((options: Common & { request: string; body?: string; key: string[]; url: string[] }) =>
      run(
        options,
        webhookDiagnose({
          request: options.request,
          body: options.body,
          keys: options.key,
          urls: options.url,
        }),
      ),
    );

  addAnsweringCommands(program, run);
  addAvitoCommands(program, run);
  const jobs = program.command('jobs').description('work that failed for good');
  jobs
    .command('failed')
    .description('what failed, and why; exit code 1 while there is any')
    .option('--limit <n>', 'how many', wholeNumber, 50)
    .addOption(json())
    .action((options: Common & { limit: number }) => run(options, jobsFailed({ limit: options.limit })));
  jobs
    .command('retry [queue] [id]')
    .description('put a failed job back into the line, or all of them')
    .option('--all', 'all of them')
    .addOption(json())
    .action((queue: string | undefined, jobId: string | undefined, options: Common & { all?: boolean }) =>
      run(options, jobsRetry({ queue, jobId, all: options.all ?? false })),
    );

  addDecisionCommands(program, run);

  program
    .command('alerts')
    .description('what is wrong and wants mending: a lost webhook, lost access and the like')
    .addOption(account())
    .addOption(json())
    .action((options: Common) => run(options, alertList({ account: options.account })));

  program
    .command('spend')
    .description('what the models cost, by month and model')
    .addOption(account())
    .addOption(json())
    .action((options: Common) => run(options, spend({ account: options.account })));

  program
    .command('erase')
    .description('erase a chat, or a buyer with all of his chats, from tables and queues; prints a receipt')
    .option('--chat <id>', 'the chat')
    .option('--author <id>', "the buyer's Avito user id", wholeNumber)
    .option('--dry-run', 'only say what would be erased')
    .addOption(account())
    .addOption(json())
    .action((options: Common & { chat?: string; author?: number; dryRun?: boolean }) =>
      run(options, erase(options)),
    );

  program
    .command('doctor')
    .description('check configuration, Redis, Postgres, Avito and the model, and say what to do')
    .addOption(json())
    .action((options: Common) => run(options, doctor));

  return program;
}

/** Runs what the arguments ask for. Exit codes: 0 done, 1 failed or something to mend, 2 called the wrong way. */
export async function runProgram({
  argv,
  ...options
}: Omit<ProgramOptions, 'onExitCode'> & { argv: readonly string[] }): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  try {
    await createProgram({ ...options, onExitCode: (code) => (exitCode = code) }).parseAsync(argv, {
      from: 'user',
    });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed what was wrong, or the help or version that was asked for.
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}
