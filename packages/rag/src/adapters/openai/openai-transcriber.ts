import { AppError } from '@avito-autoreply/runtime';
import { toFile } from 'openai';
import type { MediaModel } from '../../ports.ts';
import { asModelError } from './model-error.ts';
import { createOpenAiClient, type OpenAiEndpoint } from './openai-client.ts';

/** What is said in a voice message, by any OpenAI-compatible server. Does not retry. */
export function createOpenAiTranscriber({
  model,
  ...endpoint
}: OpenAiEndpoint & { model: string }): MediaModel {
  const client = createOpenAiClient(endpoint);
  const what = `POST /audio/transcriptions (${model})`;
  return {
    model,
    async read({ file: { bytes, type, extension }, signal }) {
      try {
        const { text, usage } = await client.audio.transcriptions.create(
          // Buyers write Russian; said so, the model neither guesses nor translates.
          { model, file: await toFile(bytes, `voice.${extension}`, { type }), language: 'ru' },
          signal === undefined ? {} : { signal },
        );
        if (typeof text !== 'string') throw new AppError(`${what}: no text`, { code: 'model.bad-answer' });
        const tokens = usage?.type === 'tokens' ? usage : undefined;
        return {
          text,
          usage: { inputTokens: tokens?.input_tokens ?? 0, outputTokens: tokens?.output_tokens ?? 0 },
        };
      } catch (error) {
        signal?.throwIfAborted();
        throw asModelError({ error, what });
      }
    },
  };
}
