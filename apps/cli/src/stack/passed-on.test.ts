import { readFileSync } from 'node:fs';
import { databaseEnv, logEnv, queueEnv } from '@avito-autoreply/config';
import { expect, test } from 'vitest';
import { upEnv } from '../commands/up.command.ts';
import { passedToIngest, passedToWorkers } from './passed-on.ts';

const ofDockerCompose = ['REDIS_PASSWORD', 'POSTGRES_PASSWORD', 'WORKER_REPLICAS'];

test('a stack reads or hands on every variable that .env.example offers', () => {
  const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
  const offered = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const read = Object.keys({ ...upEnv.shape, ...databaseEnv.shape, ...queueEnv.shape, ...logEnv.shape });
  const known = new Set([...passedToWorkers, ...passedToIngest, ...read]);
  expect(offered.filter((name) => !known.has(name))).toEqual(ofDockerCompose);
});
