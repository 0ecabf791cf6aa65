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

  test.each([
    ['/каталог', '/%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3/1', false],
    ['/%d0%ba%d0%b0%d1%82%d0%b0%d0%bb%d0%be%d0%b3', '/%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3', false],
    ['/a%7Eb', '/a~b', false],
    ['/a~b', '/a%7eb', false],
    ['/a%2Fb', '/a/b', true],
    ['/*/цены$', '/shop/%D1%86%D0%B5%D0%BD%D1%8B', false],
    ['/%2A', '/x', true],
  ])('is compared however letters are written: %s forbids %s: %s', (rule, path, isAllowed) => {
    expect(robotsAllow({ robots: `User-agent: *\nDisallow: ${rule}`, path })).toBe(isAllowed);
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
