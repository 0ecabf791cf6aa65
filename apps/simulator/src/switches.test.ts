import { expect, test } from 'vitest';
import { createSwitchBoard } from './switches.ts';

test('what a change leaves out stays as it was', () => {
  const switches = createSwitchBoard({ initial: { echo: 'off' } });
  switches.change({ historyEnvelope: 'array' });
  expect(switches.current()).toMatchObject({ echo: 'off', historyEnvelope: 'array', signature: 'on' });
});

test('a wrong value is refused and changes nothing', () => {
  const switches = createSwitchBoard();
  expect(() => switches.change({ deliveryLossProbability: 3 })).toThrow();
  expect(switches.current().deliveryLossProbability).toBe(0);
});

test('a reset goes back to the beginning, not to the defaults', () => {
  const switches = createSwitchBoard({ initial: { echo: 'before' } });
  switches.change({ echo: 'off' });
  expect(switches.reset().echo).toBe('before');
});
