import type { ModelConfig } from '@avito-autoreply/config';
import { type ProbedModel, probeModels } from '@avito-autoreply/rag';
import { z } from 'zod';
import { type Finding, findingsOf, ok, problem, skipped, warning } from './finding.ts';

const TIMEOUT_MS = 10_000;
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The names that a server lists; undefined where it lists none, as not all do. */
async function listedModels({ baseUrl, apiKey }: Pick<ModelConfig, 'baseUrl' | 'apiKey'>) {
  try {
    const response = await fetch(`${baseUrl}/models`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return modelList.safeParse(await response.json()).data?.data.map(({ id }) => id);
  } catch {
    return undefined;
  }
}

const advices: Record<string, string> = {
  'model.unavailable': 'Check the base URL, and that the server runs and can load this model.',
  'model.timeout': 'The server is too slow or hangs: look at it, or raise OPENAI_TIMEOUT_SECONDS.',
  'model.unauthorized': 'Check the key, and that the provider serves this country and address.',
  'model.rate-limited': "Too many requests: look at the limits of the provider's account.",
  'model.no-money': "No money or quota is left: look at the provider's account.",
  'model.bad-answer':
    'It answers what cannot be read: try `autoreply ask "…"`, another model, or another base URL (it ends in /v1 as a rule).',
};

/** The variables that say where a model is. */
const variablesOf: Record<ProbedModel['role'], string> = {
  chat: 'OPENAI_CHAT_MODEL, OPENAI_BASE_URL, OPENAI_API_KEY',
  'second chat': 'OPENAI_SECOND_CHAT_MODEL, OPENAI_SECOND_BASE_URL, OPENAI_SECOND_API_KEY',
  embedding: 'OPENAI_EMBEDDING_MODEL, OPENAI_EMBEDDING_DIMENSIONS, OPENAI_BASE_URL, OPENAI_API_KEY',
};

async function findingOf({ role, model, baseUrl, failure }: ProbedModel, apiKey: string): Promise<Finding> {
  const subject = role === 'embedding' ? 'Embedding model' : role === 'chat' ? 'Model' : 'Second model';
  if (failure === undefined)
    return ok(subject, role === 'embedding' ? `${model} makes vectors` : `${model} answers`);
  const message = `${model} at ${baseUrl} does not work (${failure})`;
  const variables = `(${variablesOf[role]})`;
  const advice = advices[failure];
  if (advice !== undefined) return problem(subject, message, `${advice} ${variables}`);
  const listed = await listedModels({ baseUrl, apiKey });
  const known = listed === undefined ? '' : ` The server knows: ${listed.slice(0, 20).join(', ')}.`;
  return problem(subject, message, `Check the model's name.${known} ${variables}`);
}

/** Files cannot be tried here, so these are only looked for in the server's list. */
async function checkMediaModels(model: ModelConfig): Promise<Finding[]> {
  const named = [model.transcriptionModel, model.visionModel].filter((name) => name !== undefined);
  const listed = named.length === 0 ? undefined : await listedModels(model);
  return named
    .filter((name) => listed !== undefined && !listed.includes(name))
    .map((name) =>
      warning(
        'Media model',
        `${model.baseUrl} does not list ${name}`,
        'Check OPENAI_TRANSCRIPTION_MODEL and OPENAI_VISION_MODEL, then send a voice message and a photo.',
      ),
    );
}

/** Each model is asked something: some hundred tokens. `namedInVain` are the variables that nobody reads without a key. */
export function checkModel(
  model: ModelConfig | undefined,
  namedInVain: readonly string[] = [],
): Promise<Finding[]> {
  const subject = 'Model';
  if (model === undefined && namedInVain.length > 0) {
    return Promise.resolve([
      warning(
        subject,
        `${namedInVain.join(', ')} is set without OPENAI_API_KEY, so no model is asked: answers quote the knowledge base, search is lexical`,
        'Set OPENAI_API_KEY; a server without keys takes any word.',
      ),
    ]);
  }
  if (model === undefined) {
    const message = 'OPENAI_API_KEY is not set: answers quote the knowledge base, search is lexical';
    return Promise.resolve([skipped(subject, message)]);
  }
  const { chatModel, secondChatModel, embeddingModel, apiKey } = model;
  if ([chatModel, secondChatModel, embeddingModel].every((name) => name === undefined)) {
    return Promise.resolve([
      warning(
        subject,
        'a key is set, but no model',
        'Set OPENAI_CHAT_MODEL, OPENAI_EMBEDDING_MODEL, or both.',
      ),
    ]);
  }
  return findingsOf(subject, 'Check OPENAI_BASE_URL, and that the server runs.', async () => {
    const probed = await probeModels(model);
    const keyOf = ({ role }: ProbedModel) =>
      role === 'second chat' ? (secondChatModel?.apiKey ?? apiKey) : apiKey;
    const findings = await Promise.all(probed.map((each) => findingOf(each, keyOf(each))));
    return [...findings, ...(await checkMediaModels(model))];
  });
}
