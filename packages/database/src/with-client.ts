import { Client } from 'pg';
import { asDatabaseError } from './database-errors.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** One connection of its own for work that is done once, such as migrations. No statement timeout: an index may take long. */
export async function withClient<T>({
  url,
  work,
}: {
  url: string;
  work: (client: Client) => Promise<T>;
}): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'avito-autoreply-migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection lost between two statements is reported here; the next statement fails by itself.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw asDatabaseError(error);
  } finally {
    await client.end().catch(() => {});
  }
}
