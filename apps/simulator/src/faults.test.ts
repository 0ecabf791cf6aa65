import { expect, test } from 'vitest';
import { createFaultBoard } from './faults.ts';

const sendFault = { endpoint: 'send-text', effect: { kind: 'status', status: 503 } } as const;

function strikes({ seed, probability }: { seed: string; probability: number }) {
  const faults = createFaultBoard({ seed });
  faults.add({ ...sendFault, id: 'flaky', probability });
  return Array.from({ length: 500 }, () => faults.next({ endpoint: 'send-text' }) !== undefined);
}

test('a fault strikes only the endpoint, account and chat that it names', () => {
  const faults = createFaultBoard({ seed: 's' });
  faults.add({ ...sendFault, accountId: 7, chatId: 'u2i-a~b' });
  expect(faults.next({ endpoint: 'get-chat', accountId: 7, chatId: 'u2i-a~b' })).toBeUndefined();
  expect(faults.next({ endpoint: 'send-text', accountId: 8, chatId: 'u2i-a~b' })).toBeUndefined();
  expect(faults.next({ endpoint: 'send-text', accountId: 7, chatId: 'other' })).toBeUndefined();
  expect(faults.next({ endpoint: 'send-text', accountId: 7, chatId: 'u2i-a~b' })).toMatchObject(sendFault);
});

test('a star strikes every endpoint', () => {
  const faults = createFaultBoard({ seed: 's' });
  faults.add({ ...sendFault, endpoint: '*' });
  expect(faults.next({ endpoint: 'token' })).toBeDefined();
});

test('the same seed strikes the same requests, another seed others', () => {
  const first = strikes({ seed: 'a', probability: 0.3 });
  expect(strikes({ seed: 'a', probability: 0.3 })).toEqual(first);
  expect(strikes({ seed: 'b', probability: 0.3 })).not.toEqual(first);
});

test('a probability is kept over many requests', () => {
  const count = strikes({ seed: 'a', probability: 0.3 }).filter(Boolean).length;
  expect(count / 500).toBeGreaterThan(0.24);
  expect(count / 500).toBeLessThan(0.36);
});

test('a fault ends after its times, and can be taken away before', () => {
  const faults = createFaultBoard({ seed: 's' });
  faults.add({ ...sendFault, id: 'once', times: 1 });
  expect(faults.next({ endpoint: 'send-text' })).toBeDefined();
  expect(faults.next({ endpoint: 'send-text' })).toBeUndefined();
  expect(faults.remove('once')).toBe(true);
  expect(faults.remove('once')).toBe(false);
});

test('a fault that cannot be is refused', () => {
  const faults = createFaultBoard({ seed: 's' });
  expect(() => faults.add({ ...sendFault, probability: 2 })).toThrow();
});
