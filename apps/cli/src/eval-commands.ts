import { InvalidArgumentError, Option, type Command as Program } from 'commander';
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
    .addOption(new Option('--without-model', 'try quotations only').conflicts('model'))
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
  // JavaScript makes the 3rd of March of the 31st of February.
  const [, said = ''] = /^\d{4}-\d{2}-(\d{2})$/.exec(text) ?? [];
  if (Number(said) === date.getUTCDate()) return date;
  throw new InvalidArgumentError('It must be a date such as 2026-11-01.');
}

function amount(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('It must be an amount of money.');
  return number;
}

function evalCommand(options: EvalOptions): Command {
  const problem = evalProblem(options);
  if (problem !== undefined) {
    return async () => {
      throw new UsageError(problem, { code: 'eval.what' });
    };
  }
  const { beir, questions = '', tune: isTuning = false, ...rest } = options;
  if (beir !== undefined) return evaluateBeirFolder({ folder: beir, ...rest });
  return isTuning ? tune({ file: questions, ...rest }) : evaluateQuestionSet({ file: questions, ...rest });
}

/** What is asked for and could not be done; an option that is left out in silence would be missed in the report. */
function evalProblem(options: EvalOptions): string | undefined {
  const { beir, questions, tune: isTuning, save } = options;
  if ((beir === undefined) === (questions === undefined))
    return 'one of --questions <file> and --beir <folder> is needed, and not both';
  const given = (...names: ('knowledge' | 'tune' | 'save' | 'html' | 'baseline')[]) =>
    names.filter((name) => options[name] !== undefined).map((name) => `--${name}`);
  const ofQuestions = given('knowledge', 'tune', 'save');
  if (beir !== undefined && ofQuestions.length > 0) return `${ofQuestions.join(', ')}: only with --questions`;
  if (save === true && isTuning !== true) return '--save stores what --tune finds: add --tune';
  const ofReports = given('html', 'baseline');
  if (isTuning === true && ofReports.length > 0)
    return `${ofReports.join(', ')}: not with --tune, which measures no run; call eval again without it`;
  return undefined;
}
