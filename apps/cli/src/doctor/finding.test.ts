import { AppError } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { findingsOf, ok } from './finding.ts';

const unreachable = () => Promise.reject(new AppError('no connection', { code: 'avito.unreachable' }));

test('a check that passes gives its own findings', async () => {
  const findings = await findingsOf('Redis', 'start it', async () => [ok('Redis', 'answers')]);
  expect(findings).toEqual([{ subject: 'Redis', status: 'ok', message: 'answers' }]);
});

test('a check that throws is a problem with its code and what to do', async () => {
  expect(await findingsOf('Avito', 'look', unreachable)).toEqual([
    { subject: 'Avito', status: 'problem', message: 'no connection (avito.unreachable)', advice: 'look' },
  ]);
});

test('the advice may depend on the code', async () => {
  const [finding] = await findingsOf('Avito', (code) => `about ${code}`, unreachable);
  expect(finding?.advice).toBe('about avito.unreachable');
});
