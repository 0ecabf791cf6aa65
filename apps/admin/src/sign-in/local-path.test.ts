import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each(['/', '/queues/queue/sends?page=2', '/api/docs', '/%2F%2Fevil.example'])(
  '%s is one of our paths',
  (path) => {
    expect(localPath(path)).toBe(path);
  },
);

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '',
  undefined,
  ['/a', '/b'],
])('%s leads to the start page', (next) => {
  expect(localPath(next)).toBe('/');
});
