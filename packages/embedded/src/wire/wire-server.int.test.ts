import { silentLogger } from '@avito-autoreply/runtime';
import { Client, type ClientConfig, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Embedded, startEmbedded } from '../start-embedded.ts';

describe('many clients on one embedded session', () => {
  let embedded: Embedded;
  beforeAll(async () => {
    embedded = await startEmbedded({ redis: 'never', logger: silentLogger });
    const admin = new Client({ connectionString: embedded.databaseUrl });
    await admin.connect();
    await admin.query(
      'CREATE TABLE notes (id bigserial PRIMARY KEY, author text NOT NULL, number int NOT NULL)',
    );
    await admin.end();
  });
  afterAll(() => embedded.stop());

  async function connect(config: ClientConfig = {}): Promise<Client> {
    const client = new Client({ connectionString: embedded.databaseUrl, ...config });
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }
  const countNotes = async (client: Client, author: string): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM notes WHERE author = $1',
      [author],
    );
    return rows[0]?.count ?? -1;
  };

  test('pgvector and pg_trgm are there, and tables of BullMQ are found beside ours', async () => {
    const client = await connect();
    await client.query('CREATE EXTENSION vector; CREATE EXTENSION pg_trgm');
    const { rows } = await client.query(
      "SELECT '[1,2]'::halfvec <-> '[1,4]'::halfvec AS distance, similarity('замена', 'замену') > 0.4 AS alike, current_setting('search_path') AS path",
    );
    expect(rows).toEqual([{ distance: 2, alike: true, path: 'public,bullmq' }]);
  });

  test('twenty clients with queries of different shape, transactions and notifications do not mix', async () => {
    const listener = await connect();
    const heard: string[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('-- as BullMQ writes it\nLISTEN stress');

    const rounds = Array.from({ length: 15 }, (_, round) => round);
    const oneValue = async (client: Client, id: number) => {
      for (const round of rounds) {
        const { rows } = await client.query('SELECT $1::int AS value', [id * 100 + round]);
        expect(rows).toEqual([{ value: id * 100 + round }]);
      }
    };
    const threeValues = async (client: Client, id: number) => {
      for (const round of rounds) {
        const { rows } = await client.query('SELECT $1::text AS a, $2::int AS b, $3::text[] AS c', [
          `client ${id}`,
          round,
          ['x', 'y'],
        ]);
        expect(rows).toEqual([{ a: `client ${id}`, b: round, c: ['x', 'y'] }]);
      }
    };
    const transaction = async (client: Client, id: number) => {
      for (const round of rounds) {
        await client.query('BEGIN');
        await client.query('INSERT INTO notes (author, number) VALUES ($1, $2)', [`stress ${id}`, round]);
        await client.query("SELECT pg_notify('stress', $1)", [`${id}.${round}`]);
        await client.query(round % 3 === 0 ? 'ROLLBACK' : 'COMMIT');
      }
      expect(await countNotes(client, `stress ${id}`)).toBe(10);
    };
    const named = async (client: Client, id: number) => {
      for (const round of rounds) {
        const query = { name: 'same-name', text: `SELECT $1::int + ${id} AS sum`, values: [round] };
        expect((await client.query(query)).rows).toEqual([{ sum: round + id }]);
      }
    };
    const failing = async (client: Client) => {
      for (const _round of rounds) {
        await expect(client.query('SELECT 1 / $1::int', [0])).rejects.toThrow('division by zero');
      }
    };
    const kinds = [oneValue, threeValues, transaction, named, failing];
    await Promise.all(
      Array.from({ length: 20 }, async (_, id) => kinds[id % kinds.length]?.(await connect(), id)),
    );

    const expected = [2, 7, 12, 17].flatMap((id) =>
      rounds.filter((round) => round % 3 !== 0).map((round) => `${id}.${round}`),
    );
    await expect.poll(() => heard.toSorted()).toEqual(expected.toSorted());
  });

  test('an idle listener is woken by another client, and by nobody after UNLISTEN', async () => {
    const [first, second, sender] = [await connect(), await connect(), await connect()];
    const heard: string[] = [];
    first.on('notification', ({ channel, payload }) => heard.push(`first ${channel} ${payload}`));
    second.on('notification', ({ channel, payload }) => heard.push(`second ${channel} ${payload}`));
    await first.query('LISTEN jobs');
    await second.query('LISTEN jobs');
    await sender.query("NOTIFY jobs, 'one'");
    await expect.poll(() => heard.toSorted()).toEqual(['first jobs one', 'second jobs one']);
    await first.query('UNLISTEN jobs');
    await sender.query("NOTIFY jobs, 'two'");
    await expect.poll(() => heard).toContain('second jobs two');
    // Whatever was on its way to the first would have come before this answer.
    await first.query('SELECT 1');
    expect(heard).toHaveLength(3);
  });

  test('a client in a transaction has the session to itself until it commits', async () => {
    const [writer, reader] = [await connect(), await connect()];
    await writer.query('BEGIN');
    await writer.query("INSERT INTO notes (author, number) VALUES ('alone', 1)");
    const seen = countNotes(reader, 'alone');
    await writer.query("INSERT INTO notes (author, number) VALUES ('alone', 2)");
    await writer.query('COMMIT');
    expect(await seen).toBe(2);
  });

  test('a client that vanishes in a transaction leaves nothing of it, and the others go on', async () => {
    const [vanishing, other] = [await connect(), await connect()];
    await vanishing.query('BEGIN');
    await vanishing.query("INSERT INTO notes (author, number) VALUES ('vanished', 1)");
    const seen = countNotes(other, 'vanished');
    (vanishing as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    expect(await seen).toBe(0);
  });

  test('a transaction left idle ends with a clear error instead of stopping everybody', async () => {
    // A database of its own: so little patience would be too little for the other tests on a busy machine.
    const impatient = await startEmbedded({ redis: 'never', logger: silentLogger, idleTransactionMs: 500 });
    onTestFinished(() => impatient.stop());
    const at = { connectionString: impatient.databaseUrl };
    const [idle, other] = [await connect(at), await connect(at)];
    await other.query('CREATE TABLE notes (author text, number int)');
    const ended = new Promise<Error>((resolve) => idle.once('error', resolve));
    await idle.query('BEGIN');
    await idle.query("INSERT INTO notes (author, number) VALUES ('idle', 1)");
    expect(await countNotes(other, 'idle')).toBe(0);
    expect(await ended).toMatchObject({ code: '25P03' });
  });

  test('what a client sets ends with the client', async () => {
    const setter = new Client({ connectionString: embedded.databaseUrl });
    await setter.connect();
    await setter.query('SET search_path TO nowhere');
    await setter.end();
    const client = await connect();
    await expect
      .poll(async () => (await client.query('SHOW search_path')).rows)
      .toEqual([{ search_path: 'public,bullmq' }]);
  });

  test('parameters and results of several megabytes pass', async () => {
    const client = await connect();
    const text = 'ы'.repeat(3_000_000);
    const { rows } = await client.query<{ text: string }>('SELECT $1::text AS text', [text]);
    expect(rows[0]?.text === text).toBe(true);
    const many = await client.query('SELECT number FROM generate_series(1, 50000) AS number');
    expect(many.rows.length).toBe(50_000);
    const inserted = await client.query(
      "INSERT INTO notes (author, number) SELECT 'bulk', unnest($1::int[])",
      [Array.from({ length: 20_000 }, (_, number) => number)],
    );
    expect(inserted.rowCount).toBe(20_000);
  });

  test('a pool may open more connections than there are sessions', async () => {
    const pool = new Pool({ connectionString: embedded.databaseUrl, max: 40 });
    onTestFinished(() => pool.end());
    const values = Array.from({ length: 200 }, (_, value) => value);
    const results = await Promise.all(values.map((value) => pool.query('SELECT $1::int AS value', [value])));
    expect(results.map(({ rows }) => rows[0].value)).toEqual(values);
  });

  test('COPY from the client is refused and leaves the session whole', async () => {
    const client = await connect();
    await expect(client.query('COPY notes FROM STDIN')).rejects.toMatchObject({ code: '0A000' });
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  test('nobody gets in without the password, nor into another database', async () => {
    const wrongPassword = new URL(embedded.databaseUrl);
    wrongPassword.password = 'guess';
    await expect(connect({ connectionString: wrongPassword.href })).rejects.toMatchObject({ code: '28P01' });
    const otherDatabase = new URL(embedded.databaseUrl);
    otherDatabase.pathname = 'other';
    await expect(connect({ connectionString: otherDatabase.href })).rejects.toMatchObject({ code: '3D000' });
  });
});
