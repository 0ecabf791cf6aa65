import { errorCode, type Logger } from '@avito-autoreply/runtime';
import { mayHaveCost, usageOfFailure } from '../cost/failed-call.ts';
import { costOf, type ModelCall, type ModelPrices } from '../cost/model-prices.ts';
import type { MediaModel } from '../ports.ts';
import type { FetchPage } from '../sources/web/fetch-page.ts';
import { cleanText } from '../text/normalize.ts';
import type { MediaFailure } from './media-failure.ts';
import { mediaFile, type MediaKind } from './media-type.ts';

type ReadMedia = {
  /** „[голосовое сообщение] …“ or „[фото] …“; undefined where nothing could be read. */
  text: string | undefined;
  /** Why there is no text. */
  failure?: MediaFailure | undefined;
  /** What was paid for, also where nothing came of it. */
  calls: (ModelCall & { cost: number | null })[];
};

export type MediaReader = {
  /** False without a model for it: then there is no use in asking for the address. */
  canRead: (kind: MediaKind) => boolean;
  /** Never throws but when it is aborted: what cannot be read is answered with a prepared text. */
  read: (media: { kind: MediaKind; url: string; signal?: AbortSignal | undefined }) => Promise<ReadMedia>;
};

type MediaReaderDeps = {
  models: Readonly<Record<MediaKind, MediaModel | undefined>>;
  fetchFile: FetchPage;
  prices?: ModelPrices | undefined;
  logger: Logger;
};

export const MEDIA_LABELS: Readonly<Record<MediaKind, string>> = {
  voice: '[голосовое сообщение]',
  image: '[фото]',
};

/** Some minutes of speech; more is no question. */
const MAX_CHARACTERS = 4_000;

/** Turns voice messages and images into text. */
export function createMediaReader({ models, fetchFile, prices, logger }: MediaReaderDeps): MediaReader {
  const read: MediaReader['read'] = async ({ kind, url, signal }) => {
    const model = models[kind];
    if (model === undefined) return { text: undefined, failure: 'no-model', calls: [] };
    try {
      const { status, body } = await fetchFile({ url, signal });
      const file = status === 200 ? mediaFile(body, kind) : undefined;
      if (file === undefined) {
        logger.warn('a file of the buyer is not what it should be', { kind, status, bytes: body.length });
        const failure = status === 200 ? 'unknown-kind' : 'not-downloaded';
        return { text: undefined, failure, calls: [] };
      }
      const { text, usage } = await model.read({ file, signal });
      const call = { model: model.model, usage };
      const words = cleanText(text).slice(0, MAX_CHARACTERS).trim();
      const calls = [{ ...call, cost: costOf(call, prices) }];
      return words === ''
        ? { text: undefined, failure: 'nothing-in-it', calls }
        : { text: `${MEDIA_LABELS[kind]} ${words}`, calls };
    } catch (error) {
      signal?.throwIfAborted();
      // Only the code: addresses of voice messages let everybody in for an hour.
      const code = errorCode(error);
      logger.warn('a file of the buyer could not be read', { kind, code });
      const call = { model: model.model, usage: usageOfFailure(error) };
      return {
        text: undefined,
        failure: code.startsWith('model.') ? 'model-failed' : 'not-downloaded',
        calls: mayHaveCost(code) ? [{ ...call, cost: costOf(call, prices) }] : [],
      };
    }
  };
  return { canRead: (kind) => models[kind] !== undefined, read };
}
