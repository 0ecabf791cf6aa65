import { AppError } from '@avito-autoreply/runtime';
import { BadRequestError, type OpenAI, UnprocessableEntityError } from 'openai';
import { z } from 'zod';
import { UnusableAnswerError } from '../../cost/failed-call.ts';
import type { ChatModel } from '../../ports.ts';
import { asModelError } from './model-error.ts';
import { createOpenAiClient, type OpenAiEndpoint } from './openai-client.ts';

type Request = Parameters<ChatModel['complete']>[0];

// Reasoning included; a model that runs on without end writes no answer.
const MAX_TEXT = 200_000;

/** From the strictest to what every server takes; the prompt asks for JSON in any case. */
const FORMATS = ['json_schema', 'json_object', 'text'] as const;
type Format = (typeof FORMATS)[number];

/**
 * Chat completions from any OpenAI-compatible server. A server that refuses a format is asked in a weaker one, which is
 * remembered. Does not retry.
 */
export function createOpenAiChatModel({ model, ...endpoint }: OpenAiEndpoint & { model: string }): ChatModel {
  const client = createOpenAiClient(endpoint);
  const what = `POST /chat/completions (${model})`;
  let accepted: readonly Format[] = FORMATS;

  const request = async (input: Request): Promise<OpenAI.ChatCompletion> => {
    for (const [index, format] of accepted.entries()) {
      try {
        const completion = await client.chat.completions.create(
          { model, messages: [...input.messages], ...responseFormat(format, input) },
          input.signal === undefined ? {} : { signal: input.signal },
        );
        accepted = FORMATS.slice(FORMATS.indexOf(format));
        return completion;
      } catch (error) {
        const isRefused = error instanceof BadRequestError || error instanceof UnprocessableEntityError;
        if (!isRefused || index === accepted.length - 1) throw error;
      }
    }
    throw new AppError(`${what}: no format is left`, { code: 'model.rejected' });
  };

  return {
    model,
    async complete(input) {
      try {
        const { choices, usage: told } = await request(input);
        const usage = { inputTokens: told?.prompt_tokens ?? 0, outputTokens: told?.completion_tokens ?? 0 };
        const unusable = (problem: string) => new UnusableAnswerError(`${what}: ${problem}`, usage);
        const { message, finish_reason: end } = choices[0] ?? {};
        if (end === 'length' || end === 'content_filter') throw unusable(`the answer was cut off (${end})`);
        const text = textOf(message?.content);
        if (text.length > MAX_TEXT) throw unusable(`the answer is longer than ${MAX_TEXT} characters`);
        if (text.trim() === '') throw unusable('the answer is empty');
        return { text, usage };
      } catch (error) {
        input.signal?.throwIfAborted();
        throw asModelError({ error, what });
      }
    },
  };
}

/** What some servers send instead of a text: parts of it, and of what the model only thought. */
const textParts = z.array(z.object({ type: z.string(), text: z.string().optional().catch(undefined) }));

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = textParts.safeParse(content).data ?? [];
  return parts.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join('');
}

function responseFormat(
  format: Format,
  { schema }: Request,
): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  switch (format) {
    case 'json_schema':
      return { response_format: { type: format, json_schema: { ...schema, strict: true } } };
    case 'json_object':
      return { response_format: { type: format } };
    case 'text':
      return {};
  }
}
