import type { Clock, Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { checkArguments } from '../arguments.ts';
import { AvitoApiError, AvitoRequestError, AvitoResponseError } from '../errors.ts';
import { agreement } from '../wire/agreement.ts';
import { listEnvelope, readEntries } from '../wire/list.ts';
import { type Message, messageSchema } from '../wire/message.ts';
import type { ChatCall } from './call-options.ts';
import { eachEntry, pageArguments, type Page, type ReceivedPage } from './page.ts';
import { chatPath, messagePath } from './paths.ts';

export type ListMessages = ChatCall & {
  /** 1 to 100, default 100. */
  limit?: number;
  /** 0 to 1000: older messages cannot be reached. */
  offset?: number;
};

export type EachMessage = ChatCall & {
  /**
   * For whoever concludes from what is missing: throws an AvitoResponseError at an entry that makes no sense, which is
   * left out otherwise.
   */
  mustBeWhole?: boolean | undefined;
};

export type DeleteMessage = ChatCall & {
  messageId: string;
  /** When it was sent. With it, a message that is too old is refused without asking Avito. */
  sentAt?: Date | undefined;
};

const DELETABLE_FOR_MS = 3_600_000;

/** There is nothing else in this request that could be wrong. */
function explainKept(error: unknown): never {
  if (!(error instanceof AvitoApiError) || error.code !== 'avito.bad-request') throw error;
  throw new AvitoApiError(
    `${error.message}: only the account’s own messages can be deleted, within an hour of sending`,
    { code: 'avito.not-deletable', status: error.status, mayHaveTakenEffect: false },
  );
}

const listArguments = z.strictObject(pageArguments);

type MessageCallsOptions = { api: Api; logger: Logger; clock: Clock };

export function messageCalls({ api, logger, clock }: MessageCallsOptions) {
  const getPage = async ({
    userId,
    chatId,
    signal,
    timeoutMs,
    ...given
  }: ListMessages): Promise<ReceivedPage<Message>> => {
    // The slash at the end is part of Avito's path.
    const path = `${chatPath(3, userId, chatId)}/messages/`;
    const { limit, offset } = checkArguments('listMessages', listArguments, given);
    const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
    const schema = listEnvelope('messages');
    const { entries, hasMore } = await api({
      method: 'GET',
      path,
      query,
      isReadOnly: true,
      schema,
      signal,
      timeoutMs,
    });
    let gapAfter: number | undefined;
    const messages = readEntries({
      entries,
      schema: messageSchema(userId),
      onUnreadable: (problem, after) => {
        gapAfter ??= after;
        logger.warn('message not understood and left out', { userId, chatId, problem });
      },
    });
    return { entries: messages, received: entries.length, hasMore, gapAfter };
  };

  return {
    /** Messages of a chat, the newest first. Does not mark them as read. */
    listMessages: async (call: ListMessages): Promise<Page<'messages', Message>> => {
      const { entries, hasMore } = await getPage(call);
      return { messages: entries, hasMore };
    },

    /** All messages that Avito lets us reach, some 1100, the newest first, page by page and each once. */
    eachMessage: ({ mustBeWhole = false, ...call }: EachMessage) =>
      eachEntry(
        (page) => getPage({ ...call, ...page }),
        () => {
          if (!mustBeWhole) return;
          throw new AvitoResponseError('GET messages of a chat: one of them makes no sense', {
            mayHaveTakenEffect: false,
          });
        },
      ),

    /**
     * Deletes one of our own messages, which Avito allows for an hour; in the history it stays as an entry of type
     * `deleted`. Throws `avito.too-late-to-delete` where `sentAt` shows that Avito would refuse, `avito.not-deletable` where it does.
     */
    deleteMessage: async ({
      userId,
      chatId,
      messageId,
      sentAt,
      ...options
    }: DeleteMessage): Promise<void> => {
      const path = messagePath({ userId, chatId, messageId });
      if (sentAt !== undefined && clock.now() - sentAt.getTime() > DELETABLE_FOR_MS) {
        throw new AvitoRequestError('deleteMessage: Avito deletes messages within an hour of sending only', {
          code: 'avito.too-late-to-delete',
        });
      }
      await api({ method: 'POST', path, isReadOnly: false, schema: agreement, ...options }).catch(
        explainKept,
      );
    },
  };
}
