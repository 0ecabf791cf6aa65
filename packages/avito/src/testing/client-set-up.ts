import { createAvitoClient } from '../client.ts';
import { startAvito } from './avito-stand-in.ts';

/** A stand-in for Avito and a client of it, for one test. */
export async function setUp(options: Partial<Parameters<typeof createAvitoClient>[0]> = {}) {
  const avito = await startAvito();
  const client = createAvitoClient({
    credentials: { clientId: 'client', clientSecret: 's3cret' },
    ...options,
    baseUrl: avito.baseUrl,
  });
  const lastCall = () => {
    const { method, path, query, body } = avito.apiCalls().at(-1) ?? {};
    return { method, path, query: query?.toString(), body };
  };
  return { avito, client, lastCall };
}
