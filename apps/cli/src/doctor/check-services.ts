import { inspectDatabase } from '@avito-autoreply/database';
import { type InspectedRedis, inspectRedis } from '@avito-autoreply/queue';
import { type Finding, findingsOf, ok, problem, skipped, warning } from './finding.ts';

export function checkRedis({
  url,
  backend,
}: {
  url: string | undefined;
  backend: string | undefined;
}): Promise<Finding[]> {
  if (backend === 'postgres')
    return Promise.resolve([skipped('Redis', 'QUEUE_BACKEND=postgres: the queue is in Postgres')]);
  if (url === undefined) {
    return Promise.resolve([
      warning(
        'Redis',
        'REDIS_URL is not set: only `npm start` and `npm run demo` work, on embedded services',
        'Set REDIS_URL, or QUEUE_BACKEND=postgres to keep the queue in Postgres.',
      ),
    ]);
  }
  return findingsOf(
    'Redis',
    'Check REDIS_URL, and that Redis runs and accepts this address and password.',
    async () => {
      const servers = await inspectRedis({ url });
      return servers.flatMap((server) =>
        judgeRedis(server, servers.length > 1 ? `Redis ${server.at}` : 'Redis'),
      );
    },
  );
}

function judgeRedis({ version, maxmemoryPolicy, aof }: InspectedRedis, subject: string): Finding[] {
  return [
    ok(subject, `version ${version} answers`),
    maxmemoryPolicy === 'noeviction'
      ? ok(`${subject} eviction`, 'noeviction: no queued job is ever dropped')
      : problem(
          `${subject} eviction`,
          `maxmemory-policy is ${maxmemoryPolicy}: Redis may drop queued jobs`,
          'redis-cli CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf.',
        ),
    aof
      ? ok(`${subject} persistence`, 'the append-only file is on')
      : warning(
          `${subject} persistence`,
          'the append-only file is off: a restart of Redis loses what waits in the queue',
          'redis-cli CONFIG SET appendonly yes, and the same line in redis.conf.',
        ),
  ];
}

export function checkPostgres({ url }: { url: string | undefined }): Promise<Finding[]> {
  if (url === undefined) {
    return Promise.resolve([
      warning(
        'Postgres',
        'DATABASE_URL is not set: only `npm start` and `npm run demo` work, on embedded services',
        'Set DATABASE_URL to a PostgreSQL 15 or newer with pgvector 0.8 or newer.',
      ),
    ]);
  }
  return findingsOf(
    'Postgres',
    'Check DATABASE_URL, and that Postgres runs and accepts this address and password.',
    async () => {
      const { postgresMajor, extensions, pendingMigrations, problem: wrong } = await inspectDatabase({ url });
      if (wrong)
        return [problem('Postgres', wrong.message, 'See the message; everything else needs this first.')];
      const findings = [ok('Postgres', `version ${postgresMajor} answers`)];
      findings.push(
        extensions.vector.installed === null
          ? warning(
              'pgvector',
              'available, but not created in this database',
              'Run npm run db:migrate, which creates it.',
            )
          : ok('pgvector', `version ${extensions.vector.installed}`),
        pendingMigrations.length === 0
          ? ok('Migrations', 'the schema is up to date')
          : problem('Migrations', `pending: ${pendingMigrations.join(', ')}`, 'Run npm run db:migrate.'),
      );
      return findings;
    },
  );
}
