import { expect, test } from 'vitest';
import { breed } from './breed.ts';
import { gates, gateNames, type HttpMutant, mayGetIn, PATH, sign, TOKEN } from './gates.ts';
import { runMutants } from './run-mutants.ts';

test('of 3,000 mutated webhook requests none gets in, none is a 5xx, and ingest lives', async () => {
  const report = await runMutants({ count: 3_000, seed: 7 });
  expect(report).toMatchObject({ offenders: [], enqueued: 0, isAlive: true });
  const total = Object.values(report.byStatus).reduce((sum, each) => sum + each, 0);
  expect(total).toBe(3_000);
  // The gates themselves refused most of them; a client that fails before it sends would prove nothing.
  expect((report.byStatus['401'] ?? 0) + (report.byStatus['404'] ?? 0)).toBeGreaterThan(2_000);
});

test('the same seed breeds the same mutants, for every gate', () => {
  const family = (seed: number) => Array.from({ length: 300 }, (_, number) => breed({ seed, number }));
  expect(family(7)).toEqual(family(7));
  expect(family(7)).not.toEqual(family(8));
  expect(new Set(family(7).map(({ gate }) => gate))).toEqual(new Set(gateNames));
});

test('what may rightly get in is no mutant', () => {
  const body = Buffer.from('{"a":1}');
  const right: HttpMutant = {
    gate: 'both',
    method: 'POST',
    path: `${PATH}/${TOKEN}`,
    headers: { 'x-avito-signature': `sha256=${sign(body).toUpperCase()}` },
    body,
    isCutOff: false,
  };
  expect(gates.both.paths).toEqual([right.path]);
  expect(mayGetIn(right)).toBe(true);
  expect(mayGetIn({ ...right, path: `${PATH}/${TOKEN}/?x=1` })).toBe(true);
  expect(mayGetIn({ ...right, path: `${PATH}/${TOKEN}x` })).toBe(false);
  expect(mayGetIn({ ...right, headers: {} })).toBe(false);
  expect(mayGetIn({ ...right, gate: 'token', headers: {} })).toBe(true);
});
