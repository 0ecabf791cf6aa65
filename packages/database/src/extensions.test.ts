import { describe, expect, test } from 'vitest';
import { isAtLeast, problemWith, type ServerFacts } from './extensions.ts';

const good: ServerFacts = {
  postgresMajor: 15,
  extensions: {
    vector: { installed: null, available: '0.8.0' },
    pg_trgm: { installed: null, available: '1.6' },
  },
};
const withVector = (installed: string | null, available: string | null): ServerFacts => ({
  ...good,
  extensions: { ...good.extensions, vector: { installed, available } },
});

describe('problemWith', () => {
  test('accepts Postgres 15 with pgvector 0.8 to be created', () => {
    expect(problemWith(good)).toBeUndefined();
  });

  test.each<[string, ServerFacts, string, RegExp]>([
    ['an old Postgres', { ...good, postgresMajor: 14 }, 'database.postgres-too-old', /15 or newer/],
    ['no pgvector', withVector(null, null), 'database.pgvector-missing', /install it on the server/],
    ['an old pgvector', withVector(null, '0.7.4'), 'database.pgvector-too-old', /install a newer one/],
    [
      'an old pgvector in the database beside a new one on the server',
      withVector('0.7.4', '0.8.1'),
      'database.pgvector-too-old',
      /too old: 0\.8 or newer is needed; run `alter extension vector update`/,
    ],
    [
      'no pg_trgm',
      { ...good, extensions: { ...good.extensions, pg_trgm: { installed: null, available: null } } },
      'database.pg-trgm-missing',
      /contrib/,
    ],
  ])('says what to do about %s', (_name, facts, code, message) => {
    expect(problemWith(facts)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test.each([
  ['0.8.0', '0.8', true],
  ['0.10.1', '0.8', true],
  ['0.7.4', '0.8', false],
  ['1.0', '0.8', true],
])('isAtLeast(%s, %s) is %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});
