import { expect, test } from 'vitest';
import { z } from 'zod';
import { listEnvelope, readEntries } from './list.ts';

const read = (body: unknown) => listEnvelope('messages').safeParse(body).data;

test.each([
  ['an object with meta', { messages: [1], meta: { has_more: true } }, { entries: [1], hasMore: true }],
  ['an object without meta', { messages: [1] }, { entries: [1], hasMore: null }],
  ['an object with an odd meta', { messages: [1], meta: 'x' }, { entries: [1], hasMore: null }],
  ['a null list', { messages: null, meta: {} }, { entries: [], hasMore: null }],
  ['a bare array', [1, 2], { entries: [1, 2], hasMore: null }],
  ['an empty array', [], { entries: [], hasMore: null }],
])('%s is read', (_, body, list) => {
  expect(read(body)).toEqual(list);
});

test.each([[{}], [{ chats: [] }], [{ messages: 'x' }], [null], ['text'], [7]])('%j is no list', (body) => {
  expect(read(body)).toBeUndefined();
});

test('an entry that makes no sense is reported and does not hide the others', () => {
  const problems: string[] = [];
  const entries = readEntries({
    entries: [{ id: 'a' }, { id: 'секрет'.length }, { id: 'b' }],
    schema: z.object({ id: z.string() }),
    onUnreadable: (problem) => problems.push(problem),
  });
  expect(entries).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(problems).toEqual(['id: Invalid input: expected string, received number']);
});
