import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldWhiteSpace, safeInteger, safeIntegerOrNull, storableText, toJson } from './values.ts';

describe('safeInteger', () => {
  test('reads what the driver hands out for bigint', () => {
    expect(safeInteger('7632548911')).toBe(7_632_548_911);
    expect(safeIntegerOrNull(null)).toBeNull();
  });

  test.each(['9007199254740993', 'abc', 1.5, Number.NaN])('refuses %s instead of changing it', (value) => {
    expect(() => safeInteger(value)).toThrow(expect.objectContaining({ code: 'database.unsafe-number' }));
  });
});

describe('toJson', () => {
  test('makes any JSON storable: no NUL, no half surrogates, everything else as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = toJson(value);
        expect(text).not.toMatch(/(^|[^\\])(\\\\)*\\u(0000|d[89a-f])/i);
        expect(toJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('keeps a written-out escape sequence', () => {
    expect(JSON.parse(toJson({ text: String.raw`\u0000` }))).toEqual({ text: String.raw`\u0000` });
  });

  test('stores null for undefined', () => {
    expect(toJson(undefined)).toBe('null');
  });
});

test('storableText drops NUL and repairs half surrogates', () => {
  expect(storableText('а\0б\ud83d')).toBe('аб\ufffd');
});

test('foldWhiteSpace sees through line ends and no-break spaces', () => {
  expect(foldWhiteSpace('  300\u00a0000 ₽\r\nторг ')).toBe('300 000 ₽ торг');
});
