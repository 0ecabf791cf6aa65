import { expect, test } from 'vitest';
import { isWarning } from './app-log.ts';

test.each([
  ['{"time":"…","level":"info","message":"listening"}', false],
  ['{"time":"…","level":"error","message":"gone"}', true],
  ['12:00:00.000 info  ingest: listening {"port":1}', false],
  ['12:00:00.000 warn  ingest: refused', true],
  ['TypeError: x is not a function', true],
])('%s', (line, expected) => {
  expect(isWarning(line)).toBe(expected);
});
