import { expect, test } from 'vitest';
import { readSettingsFile } from './settings-file.ts';

const read = (text: string) => readSettingsFile(Buffer.from(text));

test('a file as editors of Windows save it is read', () => {
  const text = '{"tone": "на «вы»"}';
  expect(read(`\uFEFF${text}`)).toEqual({ tone: 'на «вы»' });
  expect(readSettingsFile(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual({ tone: 'на «вы»' });
});

test.each([
  ['{"tone": }', 'line 1, column 10'],
  ['{"tone": "я"', 'breaks off before its end'],
  ['{"mood": "весёлое"}', 'mood'],
  [JSON.stringify({ persona: 'я'.repeat(301) }), 'must have at most 300 characters'],
  [JSON.stringify({ persona: '' }), 'must not be empty'],
  [JSON.stringify({ persona: 5 }), 'must be a text'],
  [JSON.stringify({ texts: { unknown: '```' } }), 'must say something beside markup'],
  [JSON.stringify({ texts: { unknown: '\u200B\u200B' } }), 'must say something beside markup'],
])('what is wrong with %.40s is said: %s', (text, problem) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({ code: 'answering.bad-settings', message: expect.stringContaining(problem) }),
  );
});
