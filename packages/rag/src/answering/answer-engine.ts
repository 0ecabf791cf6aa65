import { type Logger, silentLogger } from '@avito-autoreply/runtime';
import { createPersonalDataMask } from '../hygiene/personal-data.ts';
import { isFree, type ModelPrices } from '../cost/model-prices.ts';
import type { ChatModel, ChunkSearch } from '../ports.ts';
import { mendCommonSlips } from '../retrieval/common-slips.ts';
import { readInCyrillic } from '../retrieval/read-in-cyrillic.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { withoutEndlessRuns } from '../text/endless-runs.ts';
import { cleanText } from '../text/normalize.ts';
import type { Answer, AnswerReason, AnswerSource, HistoryMessage, ItemContext } from './answer.ts';
import { withoutAgreements } from './agreement.ts';
import { type AnswerSettings, asSent, noSettings, type SettingsOf } from './answer-settings.ts';
import {
  type AnswerThresholds,
  type ThresholdsOf,
  thresholdsWith,
  validThresholds,
  weighForCoverage,
} from './answer-thresholds.ts';
import { type ApprovedAnswers, findApproved } from './approved-answers.ts';
import { askModels } from './ask-models.ts';
import { asksItemPrice, classifyMessage, type MessageClass, staticTextFor } from './classify-message.ts';
import { createDraftAnswer, type DraftAnswer } from './draft-answer.ts';
import { withMessageBefore } from './follow-up.ts';
import { greetOnce, withoutSecondGreeting } from './greeting.ts';
import { quotePassages } from './quote-passages.ts';
import { retrieveForTurn } from './retrieve-for-turn.ts';
import { needsRewrite, rewriteQuestion } from './rewrite-question.ts';
import { sellersItem, sellersWords } from './sellers-words.ts';
import { defaultStaticTexts, type StaticTextKind, type StaticTexts } from './static-texts.ts';

/** Chunks that are put before the model, or quoted from. */
export const RETRIEVED_CHUNKS = 8;
/** About 6,000 tokens of Russian: a model reads such a base as a whole, and nothing is missed by the search. */
const WHOLE_BASE_CHARACTERS = 18_000;
/** A longer message is cut: it is a pasted text, and what is asked stands at its beginning. */
const MAX_MESSAGE_LENGTH = 4_000;
/** Before it is cleaned, which may make it shorter, or longer. */
const MOST_CHARACTERS = 3 * MAX_MESSAGE_LENGTH;
/** What was said last, in which nearly all chats have all of their messages. */
const MAX_HISTORY_LENGTH = 12_000;

/** A message as it is read: its length is whatever somebody sent. */
const readable = (text: string): string =>
  withoutEndlessRuns(cleanText(text.slice(0, MOST_CHARACTERS)))
    .slice(0, MAX_MESSAGE_LENGTH)
    .trim();

/** The messages, oldest first, as far back as they are read. */
function saidLast(history: readonly HistoryMessage[]): HistoryMessage[] {
  const kept: HistoryMessage[] = [];
  let length = 0;
  for (const { author, text: given } of history.toReversed()) {
    const text = readable(given);
    length += text.length;
    if (length > MAX_HISTORY_LENGTH) break;
    kept.unshift({ author, text });
  }
  return kept;
}

export type AnswerInput = {
  accountId: number;
  /** Whose knowledge base is asked; default: the account's own. */
  knowledgeAccountId?: number | undefined;
  /** All unanswered messages of the turn, joined by line breaks. */
  question: string;
  /** Earlier messages of the chat, oldest first. */
  history?: readonly HistoryMessage[] | undefined;
  item?: ItemContext | null | undefined;
  /** Tries these settings instead of the account's own, for a preview. */
  settings?: AnswerSettings | undefined;
  /** Tries these thresholds instead of the account's own. */
  thresholds?: AnswerThresholds | undefined;
  /**
   * Why no chat model is asked, only what costs nothing goes out: the caller wants it so, or the account's money is spent.
   * Then the search asks no model either but those that are known to be free.
   */
  withoutModel?: 'budget-spent' | 'model-not-asked' | undefined;
  /** What the buyer sent beside his words and nobody could read: a voice message says something, a file may only show it. */
  unread?: 'voice' | 'file' | undefined;
  /** The listing's id: of what the base holds of listings, only that of this one is used. */
  itemId?: number | null | undefined;
  signal?: AbortSignal | undefined;
};

export type AnswerEngine = { generateAnswer: (input: AnswerInput) => Promise<Answer> };

type EngineDeps = {
  retriever: Retriever;
  search: Pick<ChunkSearch, 'stem'>;
  /** Asked one after the other until one gives an answer that may be sent. Without any, answers are quotations. */
  chatModels?: readonly ChatModel[] | undefined;
  approved?: ApprovedAnswers | undefined;
  settingsOf?: SettingsOf | undefined;
  texts?: Partial<StaticTexts> | undefined;
  /** Without them the cost of answers is unknown. */
  prices?: ModelPrices | undefined;
  thresholdsOf?: ThresholdsOf | undefined;
  logger?: Logger | undefined;
};

/** What a turn is answered with before anything is searched. */
const PREPARED: Partial<
  Record<MessageClass, { text: StaticTextKind; reason: AnswerReason; action: Answer['action'] }>
> = {
  empty: { text: 'unsupported', reason: 'unsupported-content', action: 'handoff' },
  greeting: { text: 'greeting', reason: 'greeting', action: 'answer' },
  thanks: { text: 'thanks', reason: 'thanks', action: 'answer' },
  acknowledgement: { text: 'acknowledgement', reason: 'acknowledgement', action: 'answer' },
  'asks-for-human': { text: 'human', reason: 'asked-for-human', action: 'handoff' },
  complaint: { text: 'complaint', reason: 'complaint', action: 'handoff' },
};

/**
 * The chain approved answer → models → quotation → prepared text; exactly one of them is returned, with the reason where
 * it is not a plain answer. Failures of the models are no errors here. Throws when the knowledge base cannot be read
 * (`knowledge.search-failed`) and when the signal is aborted.
 */
export function createAnswerEngine({
  retriever,
  search,
  chatModels = [],
  approved,
  settingsOf = noSettings,
  texts: ownTexts = {},
  prices,
  thresholdsOf = async () => undefined,
  logger = silentLogger,
}: EngineDeps): AnswerEngine {
  return {
    async generateAnswer({ accountId, knowledgeAccountId = accountId, signal, ...input }) {
      const current = input.settings === undefined ? await settingsOf({ accountId }) : undefined;
      const settings = input.settings ?? current?.settings ?? {};
      const draft = createDraftAnswer({ settingsVersion: current?.version ?? null, prices });
      const texts: StaticTexts = { ...defaultStaticTexts, ...ownTexts, ...settings.texts };
      const question = readable(input.question);
      const history = saidLast(input.history ?? []);
      // However long ago we greeted.
      const greeting = { question, history: input.history ?? [], manner: settings.greeting };
      // Silence is no answer, whatever was stored.
      const textOf = (kind: StaticTextKind) => asSent(texts[kind]) || defaultStaticTexts[kind];
      const prepared = (kind: StaticTextKind, reason: AnswerReason, action: Answer['action'] = 'handoff') => {
        const text = withoutSecondGreeting({ ...greeting, text: textOf(kind) });
        return draft.finish({ mode: 'static', text, action, reason, sources: [] });
      };

      const item = input.item ? sellersItem(input.item) : undefined;
      const personal = createPersonalDataMask();
      const models = input.withoutModel === undefined ? chatModels : [];
      const greeted = (text: string) => greetOnce({ ...greeting, text });

      /** What was said and not heard is a person's, whatever the text beside it got. */
      const finish = (result: Parameters<DraftAnswer['finish']>[0]) => {
        if (input.unread !== 'voice') return draft.finish(result);
        const text = `${result.text}\n\n${greetOnce({ ...greeting, text: textOf('unsupported'), manner: 'never' })}`;
        return draft.finish({ ...result, text, action: 'handoff', reason: 'unsupported-content' });
      };

      // What is sent to a model stays as it was typed: it reads either.
      const read = readInCyrillic(question);
      const messageClass = classifyMessage(read);
      const asksNothing = PREPARED[messageClass];
      // A greeting beside a file or a voice message is no turn of nothing but a greeting.
      const isUnread = input.unread !== undefined && asksNothing?.action === 'answer';
      const kind = isUnread ? PREPARED.empty : asksNothing;
      if (kind !== undefined) return prepared(kind.text, kind.reason, kind.action);
      const isAgreement = messageClass === 'agreement';
      if (isAgreement && history.length === 0) return prepared('unknown', 'not-in-base');

      const { same: pair, nearest } = await findApproved({
        approved,
        search,
        accountId: knowledgeAccountId,
        question,
      });
      draft.addApproved(nearest);
      if (pair !== undefined) {
        const sources: AnswerSource[] = [{ kind: 'approved', id: pair.id, question: pair.question }];
        return finish({
          mode: 'extractive',
          text: greeted(pair.answer),
          action: 'answer',
          reason: 'approved-answer',
          sources,
        });
      }

      const masked = history.map(({ author, text }) => ({ author, text: personal.mask(text) }));
      const [rewriter] = models;
      const rewrite =
        rewriter !== undefined && needsRewrite({ question, history })
          ? await rewriteQuestion({
              chatModel: rewriter,
              question: personal.mask(question),
              history: masked,
              signal,
            })
          : undefined;
      if (rewriter !== undefined && rewrite !== undefined)
        draft.addRewrite({ model: rewriter.model, rewrite });
      // The model had tokens in the place of numbers and addresses: they are nothing to look for.
      const rewritten = rewrite?.question && personal.remove(rewrite.question);
      const ownWords = mendCommonSlips(readInCyrillic(personal.remove(withoutAgreements(question))));
      const before = history.map(({ author, text }) => ({ author, text: personal.remove(text) }));
      const followUp =
        rewritten === undefined ? withMessageBefore({ question: ownWords, history: before }) : undefined;
      const found = await retrieveForTurn({
        retriever,
        accountId: knowledgeAccountId,
        questions: [ownWords, rewritten ?? followUp],
        limit: RETRIEVED_CHUNKS,
        itemId: input.itemId ?? undefined,
        mayAsk: input.withoutModel === 'budget-spent' ? (model) => isFree(model, prices) : undefined,
        wholeBelow: models.length > 0 ? WHOLE_BASE_CHARACTERS : undefined,
        signal,
      });
      draft.addRetrieval(found);
      const { asked } = found;
      const passages = found.candidates.map(({ passage }) => sellersWords(passage));
      const rest = (found.rest ?? []).map(sellersWords);

      const outcome = await askModels({
        models,
        input: {
          question: personal.mask(question),
          passages: [...passages, ...rest],
          history: masked,
          item,
          settings,
          signal,
        },
        draft,
        logger,
      });
      if (outcome?.kind === 'answer') {
        const text = greeted(personal.restore(outcome.text));
        const sources = [
          ...outcome.passages.map(knowledgeSource),
          ...(outcome.usesItem ? [itemSource(item)] : []),
        ];
        if (!outcome.isPartial) return finish({ mode: 'model', text, action: 'answer', sources });
        return finish({
          mode: 'model',
          text: `${text}\n\n${withoutSecondGreeting({ ...greeting, text: textOf('human') })}`,
          action: 'handoff',
          reason: 'partly-in-base',
          sources,
        });
      }
      // The model read the sources and found nothing: a quotation from them would be no better.
      if (outcome?.kind === 'handoff') return prepared(staticTextFor(read), 'not-in-base');
      const reason = outcome === undefined ? (input.withoutModel ?? 'not-in-base') : reasonOf[outcome.kind];
      // Its own words would find what happens to hold them, not what was meant.
      if (isAgreement && rewritten === undefined)
        return prepared(reason === 'model-failed' ? 'failure' : 'unknown', reason);

      if (item?.price !== undefined && asksItemPrice(ownWords)) {
        const { title, price } = item;
        const text = greeted(`${title === undefined ? 'Цена' : `Цена «${title}»`} по объявлению: ${price}.`);
        return finish({ mode: 'extractive', text, action: 'answer', sources: [itemSource(item)] });
      }
      const { minConfidence, unknownShare } = thresholdsWith(
        input.thresholds ?? validThresholds(await thresholdsOf({ accountId })),
      );
      const weighed = weighForCoverage(asked, { unknownShare, question: ownWords });
      const extract = await quotePassages({
        search,
        asked: weighed,
        question: rewritten ?? ownWords,
        isFollowUp: followUp !== undefined,
        passages,
        minConfidence,
      });
      draft.addCoverage(extract?.confidence ?? 0);
      if (extract !== undefined && extract.confidence >= minConfidence) {
        const sources = extract.passages.flatMap((index) => passages[index] ?? []).map(knowledgeSource);
        return finish({
          mode: 'extractive',
          text: greeted(extract.text),
          action: 'answer',
          sources,
          ...(reason === 'not-in-base' ? {} : { reason }),
        });
      }
      return prepared(reason === 'model-failed' ? 'failure' : staticTextFor(read), reason);
    },
  };
}

const reasonOf = { refused: 'gate-refused', failed: 'model-failed' } as const;

function knowledgeSource({ sourceKey, title, heading, chunkIds }: Passage): AnswerSource {
  return { kind: 'knowledge', sourceKey, title, heading, chunkIds };
}

function itemSource(item: ItemContext | undefined): AnswerSource {
  return { kind: 'item', title: item?.title ?? '' };
}
