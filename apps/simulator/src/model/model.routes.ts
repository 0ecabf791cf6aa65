import { randomUUID } from 'node:crypto';
import type { Clock, Sleep } from '@avito-autoreply/runtime';
import { type ErrorRequestHandler, json, type Request, Router } from 'express';
import { z } from 'zod';
import type { EndpointFactory } from '../http/endpoint.ts';
import type { SwitchBoard } from '../switches.ts';
import { completionRequest, answerContent, messagesOf } from './completion.ts';
import { embedText, vectorToBase64 } from './embedding.ts';
import { refuseModel } from './refusals.ts';
import { countTokens } from './tokens.ts';
import { transcriptionRoutes } from './transcription.routes.ts';

const MODELS = ['simulator-chat', 'simulator-embedding'];
const THOUGHTS = 'Покупатель спрашивает о товаре. Посмотрю, что об этом сказано во фрагментах…';
const DEFAULT_DIMENSIONS = 1_536;

const someText = z.string().min(1, 'an input may not be empty');
const embeddingRequest = z.looseObject({
  model: z.string().min(1),
  input: z.union([someText, z.array(someText).min(1).max(2_048)]),
  dimensions: z.int().min(1).max(4_096).nullish(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
});

function parse<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const result = schema.safeParse(request.body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuseModel(400, issue?.message, issue?.path.join('.') ?? null);
}

function requireKey(request: Request, apiKey: string | undefined): void {
  const key = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (key === undefined || (apiKey !== undefined && key !== apiKey)) {
    throw refuseModel(401, 'Incorrect API key provided');
  }
}

const badBody: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) next(error);
  else response.status(400).json(refuseModel(400, 'the body is not JSON, or too large').body);
};

type ModelRoutesDeps = {
  endpoint: EndpointFactory;
  switches: SwitchBoard;
  clock: Clock;
  sleep: Sleep;
  signal: AbortSignal;
  /** Default: any key is taken. */
  apiKey?: string | undefined;
};

/** `/v1` of an OpenAI-compatible server: models, embeddings, chat completions without streaming. */
export function modelRoutes({ endpoint, switches, clock, sleep, signal, apiKey }: ModelRoutesDeps): Router {
  const seconds = () => Math.floor(clock.now() / 1_000);
  const router = Router();
  router.use(transcriptionRoutes({ endpoint, requireKey: (request) => requireKey(request, apiKey) }));
  // A batch of 2,048 chunks is some megabytes.
  router.use(json({ limit: '16mb' }));

  router.get(
    '/models',
    endpoint({
      name: 'models',
      refuse: refuseModel,
      handle: (request) => {
        requireKey(request, apiKey);
        const data = MODELS.map((id) => ({ id, object: 'model', created: 0, owned_by: 'simulator' }));
        return { body: { object: 'list', data } };
      },
    }),
  );

  router.post(
    '/embeddings',
    endpoint({
      name: 'embeddings',
      refuse: refuseModel,
      handle: (request) => {
        requireKey(request, apiKey);
        const { model, input, dimensions, encoding_format: format } = parse(embeddingRequest, request);
        const texts = [input].flat();
        const data = texts.map((text, index) => {
          const vector = embedText({ text, dimensions: dimensions ?? DEFAULT_DIMENSIONS });
          const embedding = format === 'base64' ? vectorToBase64(vector) : [...vector];
          return { object: 'embedding', index, embedding };
        });
        const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
        return {
          body: { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } },
        };
      },
    }),
  );

  router.post(
    '/chat/completions',
    endpoint({
      name: 'chat-completions',
      refuse: refuseModel,
      handle: async (request) => {
        requireKey(request, apiKey);
        const wish = parse(completionRequest, request);
        if (wish.stream === true) throw refuseModel(400, 'the simulated model does not stream', 'stream');
        const { modelMode, modelDelayMs } = switches.current();
        if (modelMode === 'failing') throw refuseModel(500);
        if (modelMode === 'slow') await sleep(modelDelayMs, { signal }).catch(() => undefined);
        const isSilent = modelMode === 'empty' || modelMode === 'reasoning-only';
        const content = isSilent ? '' : answerContent(wish, modelMode);
        const thoughts = modelMode === 'reasoning-only' ? { reasoning_content: THOUGHTS } : {};
        const promptTokens = countTokens(
          messagesOf(wish)
            .map((message) => message.content)
            .join('\n'),
        );
        const completionTokens = countTokens(content + (thoughts.reasoning_content ?? ''));
        return {
          body: {
            id: `chatcmpl-${randomUUID()}`,
            object: 'chat.completion',
            created: seconds(),
            model: wish.model,
            choices: [
              {
                index: 0,
                message: { role: 'assistant', content, ...thoughts, refusal: null },
                logprobs: null,
                // Thinking used up the tokens: what servers of reasoning models answer then.
                finish_reason: modelMode === 'reasoning-only' ? 'length' : 'stop',
              },
            ],
            usage: {
              prompt_tokens: promptTokens,
              completion_tokens: completionTokens,
              total_tokens: promptTokens + completionTokens,
            },
          },
        };
      },
    }),
  );

  router.use((_request, response) => {
    response.status(404).json(refuseModel(404, 'unknown route').body);
  });
  router.use(badBody);
  return router;
}
