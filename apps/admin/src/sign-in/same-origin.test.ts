import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const host = 'admin.shop.example';

test.each([
  ['a page of ours posts', { method: 'POST', site: 'same-origin' }, true],
  ['another site posts', { method: 'POST', site: 'cross-site', origin: `https://${host}` }, false],
  ['a neighbour under the same domain posts', { method: 'DELETE', site: 'same-site' }, false],
  ['an old browser posts from our page', { method: 'PUT', origin: `http://${host}` }, true],
  ['an old browser posts from another', { method: 'PUT', origin: 'http://evil.example' }, false],
  ['a sandboxed frame posts', { method: 'POST', origin: 'null' }, false],
  ['another site only links to us', { method: 'GET', site: 'cross-site' }, true],
  ['a program posts', { method: 'POST' }, true],
])('when %s: %o is judged %s', (_when, headers, expected) => {
  expect(isSameOrigin({ host, ...headers })).toBe(expected);
});
