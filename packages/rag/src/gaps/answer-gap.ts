import { AppError } from '@avito-autoreply/runtime';
import { readApprovedPair, type ReadyPair } from '../answering/approved-pair.ts';
import { gapQuestion } from './gap-words.ts';

type Wordings = { question: string; examples: readonly { question: string }[] };

type AnswerGapDeps<Pair> = {
  gaps: {
    find: (key: { accountId: number; gapId: string }) => Promise<Wordings | undefined>;
    close: (key: { accountId: number; gapId: string; status: 'answered' }) => Promise<boolean>;
  };
  approved: {
    save: (input: {
      accountId: number;
      pairs: readonly ReadyPair[];
      gapId: string;
    }) => Promise<{ pairs: Pair[] }>;
  };
};

type AnswerGap = {
  accountId: number;
  /** Whose approved answers the account answers from. */
  knowledgeAccountId: number;
  gapId: string;
  answer: string;
  /** In place of the buyers' most frequent wording. */
  question?: string | undefined;
  /** Each wording of the gap gets the answer, not only the first; but for those that name other numbers. */
  allWordings?: boolean | undefined;
};

const numbersOf = (question: string) => (question.match(/\p{N}+/gu) ?? []).toSorted().join(' ');

/**
 * The operator's answer becomes an approved one, which the next question gets; the gap is closed. Safe to repeat. Throws
 * `answering.unknown-gap` and `answering.bad-pair`.
 */
export function createAnswerGap<Pair>({ gaps, approved }: AnswerGapDeps<Pair>) {
  return async ({ accountId, knowledgeAccountId, gapId, answer, question, allWordings }: AnswerGap) => {
    const gap = await gaps.find({ accountId, gapId });
    if (gap === undefined) {
      throw new AppError(`account ${accountId} has no gap ${gapId}: list the gaps again`, {
        code: 'answering.unknown-gap',
      });
    }
    // Buyers' phone numbers and addresses do not belong into the base.
    const first = question ?? gapQuestion(gap.question);
    const others = [gap, ...gap.examples].map((each) => gapQuestion(each.question));
    // Gathered by their words, „R18“ and „R16“ are one gap; what an answer says of one is not said of the other.
    const asksTheSame = (wording: string) => wording !== '' && numbersOf(wording) === numbersOf(first);
    const wordings = new Set([first, ...(allWordings === true ? others.filter(asksTheSame) : [])]);
    const pairs = [...wordings].map((wording) => readApprovedPair({ question: wording, answer }));
    const { pairs: saved } = await approved.save({ accountId: knowledgeAccountId, pairs, gapId });
    await gaps.close({ accountId, gapId, status: 'answered' });
    return { saved, questions: pairs.map((pair) => pair.question) };
  };
}
