import type { Command as Program } from 'commander';
import { evaluateBeirFolder } from './commands/eval.command.ts';
import { evaluateQuestionSet } from './commands/eval-questions.command.ts';
import { UsageError } from './exit-code.ts';
import { account, type Common, json } from './options.ts';
import type { Command } from './run-command.ts';

type EvalOptions = Common & {
  beir?: string;
  questions?: string;
  knowledge?: string;
  html?: string;
  baseline?: string;
  withoutModel?: boolean;
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
    .option('--baseline <file>', 'compare with an earlier run: what --json printed')
    .addOption(account())
    .addOption(json())
    .action((options: EvalOptions) => run(options, evalCommand(options)));
}

function evalCommand({ beir, questions, ...options }: EvalOptions): Command {
  if (questions !== undefined && beir === undefined)
    return evaluateQuestionSet({ file: questions, ...options });
  if (beir !== undefined && questions === undefined) return evaluateBeirFolder({ folder: beir });
  return async () => {
    throw new UsageError('one of --questions <file> and --beir <folder> is needed', {
      code: 'eval.what',
    });
  };
}
