import type { ModelConfig } from '@avito-autoreply/config';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';
import { type Finding, findingsOf, ok, problem, skipped, warning } from './finding.ts';

const TIMEOUT_MS = 10_000;
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

async function listModels({
  baseUrl,
  apiKey,
}: ModelConfig): Promise<{ status: number; ids: string[] | undefined }> {
  let response: Response;
  try {
    response = await fetch(`${baseUrl}/models`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new AppError(`GET ${baseUrl}/models: no answer`, { code: 'model.unreachable', cause: error });
  }
  const body: unknown = await response.json().catch(() => undefined);
  return { status: response.status, ids: modelList.safeParse(body).data?.data.map((model) => model.id) };
}

/** The endpoint answers, takes the key, and knows the configured models. Costs no tokens. */
export function checkModel(model: ModelConfig | undefined): Promise<Finding[]> {
  const subject = 'Model';
  if (model === undefined) {
    const message = 'OPENAI_API_KEY is not set: answers quote the knowledge base, search is lexical';
    return Promise.resolve([skipped(subject, message)]);
  }
  const { baseUrl, chatModel, embeddingModel } = model;
  if (chatModel === undefined && embeddingModel === undefined) {
    return Promise.resolve([
      warning(
        subject,
        'a key is set, but no model',
        'Set OPENAI_CHAT_MODEL, OPENAI_EMBEDDING_MODEL, or both.',
      ),
    ]);
  }
  return findingsOf(subject, 'Check OPENAI_BASE_URL, and that the server runs.', async () => {
    const { status, ids } = await listModels(model);
    if (status === 401 || status === 403) {
      return [problem(subject, `${baseUrl} refuses the key (${status})`, 'Check OPENAI_API_KEY.')];
    }
    if (ids === undefined) {
      return [
        warning(
          subject,
          `${baseUrl} answers (${status}), but does not list its models`,
          'Try `autoreply ask "…"`: it shows whether the model answers.',
        ),
      ];
    }
    return [chatModel, embeddingModel].flatMap((name) => {
      if (name === undefined) return [];
      return ids.includes(name)
        ? [ok(subject, `${name} is there`)]
        : [problem(subject, `${baseUrl} does not know ${name}`, `It knows: ${ids.slice(0, 20).join(', ')}`)];
    });
  });
}
