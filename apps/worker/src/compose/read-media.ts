import type { AvitoClient } from '@avito-autoreply/avito';
import type { Message, Repositories } from '@avito-autoreply/database';
import type { Answer, MediaFailure, MediaReader } from '@avito-autoreply/rag';
import type { Logger } from '@avito-autoreply/runtime';
import { z } from 'zod';
import type { ModelBudget } from '../budget/model-budget.ts';

/** A voice message or an image that was left unread, for the owner's „why“. */
export type UnreadFile = { kind: 'voice' | 'image'; reason: MediaFailure };

type ReadMediaDeps = {
  turns: Pick<Repositories['turns'], 'storeTranscript'>;
  media: MediaReader;
  clientOf: (accountId: number) => Pick<AvitoClient, 'getVoiceUrls'>;
  budget: Pick<ModelBudget, 'isSpent' | 'record'>;
  logger: Logger;
};

const voiceContent = z.object({ voice: z.object({ voice_id: z.string().min(1) }) });
const imageContent = z.object({ image: z.object({ sizes: z.record(z.string(), z.string()) }) });

// Of what a buyer sends at a time; each costs money and seconds.
const MAX_FILES = 5;

/** The largest of the sizes that Avito offers: `1280x960` before `32x32`. */
function largest(sizes: Readonly<Record<string, string>>): string | undefined {
  const area = (size: string) => size.split('x').reduce((product, side) => product * Number(side), 1) || 0;
  return Object.entries(sizes).toSorted(([a], [b]) => area(b) - area(a))[0]?.[1];
}

/**
 * Turns voice messages and images of a turn into text, which is stored before anything else, so that another attempt
 * does not pay for it again. What cannot be read stays without text, and gets the prepared one; why, is told.
 */
export function createReadMedia({ turns, media, clientOf, budget, logger }: ReadMediaDeps) {
  const urlOf = async (message: Message, signal: AbortSignal): Promise<string | undefined> => {
    const { accountId: userId, type, content } = message;
    if (type === 'image') {
      const { data } = imageContent.safeParse(content);
      return data && largest(data.image.sizes);
    }
    const { data } = voiceContent.safeParse(content);
    if (data === undefined) return undefined;
    const { voice_id: voiceId } = data.voice;
    // Asked for anew each time: an address lives for an hour.
    return (await clientOf(userId).getVoiceUrls({ userId, voiceIds: [voiceId], signal })).get(voiceId);
  };

  const textOf = async (
    message: Message,
    kind: 'voice' | 'image',
    signal: AbortSignal,
  ): Promise<({ text: string } | { failure: MediaFailure }) & { calls?: Answer['usage']['calls'] }> => {
    const { accountId, chatId, messageId } = message;
    if (!media.canRead(kind)) return { failure: 'no-model' };
    if (await budget.isSpent({ accountId })) return { failure: 'budget-spent' };
    let url: string | undefined;
    try {
      url = await urlOf(message, signal);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('Avito did not tell the address of a voice message', { error });
    }
    if (url === undefined) return { failure: 'no-address' };
    const { text, failure = 'nothing-in-it', calls } = await media.read({ kind, url, signal });
    if (text !== undefined) await turns.storeTranscript({ accountId, chatId, messageId, transcript: text });
    await budget.record({ accountId, usage: { calls } });
    return text === undefined ? { failure, calls } : { text, calls };
  };

  return async (messages: readonly Message[], signal: AbortSignal) => {
    const read: Message[] = [];
    const unread: UnreadFile[] = [];
    const paid: Answer['usage']['calls'] = [];
    let files = 0;
    for (const message of messages) {
      const { type: kind } = message;
      if ((kind !== 'voice' && kind !== 'image') || message.text !== null) {
        read.push(message);
        continue;
      }
      files += 1;
      const outcome: Awaited<ReturnType<typeof textOf>> =
        files > MAX_FILES ? { failure: 'too-many' } : await textOf(message, kind, signal);
      paid.push(...(outcome.calls ?? []));
      if ('failure' in outcome) unread.push({ kind, reason: outcome.failure });
      read.push('text' in outcome ? { ...message, text: outcome.text } : message);
    }
    return { messages: read, unread, calls: paid };
  };
}

export type ReadMedia = ReturnType<typeof createReadMedia>;
