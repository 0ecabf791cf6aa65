import { InvalidArgumentError, type Command as Program } from 'commander';
import { evaluateBeirFolder } from './commands/eval.command.ts';
import { tune } from './commands/eval-tune.command.ts';
import { replay, type ReplayOptions } from './commands/replay.command.ts';
import { evaluateQuestionSet } from './commands/eval-questions.command.ts';
import { UsageError } from './exit-code.ts';
import { account, type Common, json, wholeNumber } from './options.ts';
import type { Command } from './run-command.ts';

type EvalOptions = Common & {
  beir?: string;
  questions?: string;
  knowledge?: string;
  html?: string;
  baseline?: string;
  withoutModel?: boolean;
  tune?: boolean;
  save?: boolean;
};

/** The commands that measure answers. */
export function addEvalCommands(
  program: Program,
  run: (options: Common, command: Command) => Promise<void>,
): void {
  program
    .command('eval')
    .description('measure answers on a question set, or retrieval on a BEIR folder; sends nothing')
    .option('--questions <file>', 'questions with what is expected of the answers: JSON lines or JSON')
    .option('--beir <folder>', 'corpus.jsonl, queries.jsonl, qrels/test.tsv')
    .option('--knowledge <path>', "answer from this file or folder instead of the account's knowledge base")
    .option('--without-model', 'quotations only, although a model is configured')
    .option('--html <file>', 'write the report as one page, with charts')
    .option('--tune', 'look for thresholds and fusion weights that serve the questions better')
    .option('--save', 'with --tune: store them for the account, as far as the gain is no chance')
    .option('--baseline <file>', 'compare with an earlier run: what --json printed')
    .addOption(account())
    .addOption(json())
    .action((options: EvalOptions) => run(options, evalCommand(options)));

  program
    .command('replay')
    .description('ask past dialogues again with other settings, another model or base; sends nothing')
    .option('--since <date>', 'answers from this day on, such as 2026-11-01', day)
    .option('--limit <n>', 'the newest so many', wholeNumber, 50)
    .option('--settings <file>', 'answer settings to try, as JSON')
    .option('--model <name>', 'chat model to try, at the configured server')
    .option('--without-model', 'try quotations only')
    .option('--knowledge <path>', 'file or folder to try as the knowledge base')
    .option('--max-cost <amount>', 'refuse when the estimate is above, stop when it is spent', amount)
    .option('--estimate', 'only say what it would cost')
    .option('--html <file>', 'write the comparison as one page')
    .addOption(account())
    .addOption(json())
    .action((options: Common & ReplayOptions) => run(options, replay(options)));
}

function day(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('It must be a date such as 2026-11-01.');
  return date;
}

function amount(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('It must be an amount of money.');
  return number;
}

function evalCommand({ beir, questions, tune: isTuning = false, ...options }: EvalOptions): Command {
  if (isTuning && questions !== undefined) return tune({ file: questions, ...options });
  if (questions !== undefined && beir === undefined)
    return evaluateQuestionSet({ file: questions, ...options });
  if (beir !== undefined && questions === undefined) return evaluateBeirFolder({ folder: beir });
  return async () => {
    throw new UsageError('one of --questions <file> and --beir <folder> is needed', {
      code: 'eval.what',
    });
  };
}
