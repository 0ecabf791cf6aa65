import { describe, expect, test } from 'vitest';
import { robotsAllow } from './robots.ts';

const robots = `
# Комментарий
User-agent: *
Disallow: /private
Allow: /private/price
Disallow: /*.pdf$
Disallow: /search?*page=

User-agent: Googlebot
User-agent: AvitoAutoreplyBot
Disallow: /only-us
`;
const others = robots.replace(/User-agent: Googlebot[\s\S]*/, '');

describe('robots.txt', () => {
  test.each([
    ['/', true],
    ['/private', false],
    ['/private/x', false],
    ['/private/price.html', true],
    ['/a/b.pdf', false],
    ['/a/b.pdf?x', true],
    ['/search?q=a&page=2', false],
    ['/search?q=a', true],
  ])('of everybody: %s is allowed: %s', (path, isAllowed) => {
    expect(robotsAllow({ robots: others, path })).toBe(isAllowed);
  });

  test('with a group for us, only that group counts', () => {
    expect(robotsAllow({ robots, path: '/private' })).toBe(true);
    expect(robotsAllow({ robots, path: '/only-us/x' })).toBe(false);
  });

  test.each(['', 'Disallow: /', 'User-agent: *\nDisallow:', '<html>404</html>'])(
    'that says nothing allows everything: %s',
    (text) => {
      expect(robotsAllow({ robots: text, path: '/x' })).toBe(true);
    },
  );

  test('with a pattern made to be slow is read at once', () => {
    const slow = `User-agent: *\nDisallow: ${'/*a'.repeat(5_000)}$`;
    expect(robotsAllow({ robots: slow, path: '/a'.repeat(5_000) })).toBe(false);
  });
});
