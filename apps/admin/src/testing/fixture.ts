import type { AnswerEngine, Embedder } from '@avito-autoreply/rag';
import { AppError } from '@avito-autoreply/runtime';
import { inject, onTestFinished } from 'vitest';
import { API_KEY, startAdminServer } from './admin-server.ts';
import { startAvitoStandIn } from './avito-stand-in.ts';

export const TOKEN = 'an-unguessable-token';

// Tests share one database: each has accounts of its own.
const newAccountId = () => 1_000_000 + Math.floor(Math.random() * 1_000_000_000_000);

type Init = { method?: string; body?: unknown; headers?: Record<string, string> };

type Options = {
  accounts?: number;
  grant?: 'client_credentials' | 'consent';
  /** All accounts answer from the knowledge base of the first. */
  isLent?: boolean;
  engine?: AnswerEngine;
  embedder?: Embedder;
};

/** A server with its Avito, closed after the test, and a client that has the key. */
export async function setUp({
  accounts = 1,
  grant = 'client_credentials',
  isLent = false,
  engine,
  embedder,
}: Options = {}) {
  const accountIds = Array.from({ length: accounts }, newAccountId);
  const [accountId = 0] = accountIds;
  const avito = await startAvitoStandIn({ accountId });
  const admin = await startAdminServer({
    databaseUrl: inject('databaseUrl'),
    redisUrl: inject('redisUrl'),
    avitoBaseUrl: avito.baseUrl,
    accounts: accountIds.map((userId, index) => ({
      userId,
      grant,
      webhookToken: index === 0 ? TOKEN : `${TOKEN}-${index}`,
      ...(isLent ? { knowledgeAccountId: accountId } : {}),
    })),
    engine,
    embedder,
  });
  onTestFinished(async () => {
    await admin.close();
    await avito.close();
  });

  const call = async (path: string, { method = 'GET', body, headers = {} }: Init = {}) => {
    const response = await fetch(`${admin.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
  return { ...admin, avito, call, accountId, accountIds };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array;

/** A model whose calls all fail, but for what `embed` says. */
export const embedderOf = (
  spaceKey: string,
  embed: Embedder['embed'] = async () => {
    throw new AppError('POST /embeddings: 401', { code: 'model.refused' });
  },
): Embedder => ({ spaceKey, model: 'model', maxBatchSize: 64, embed });
