import { expect, test } from 'vitest';
import type { StoredChunk } from '../ports.ts';
import { mergeNeighbours } from './merge-neighbours.ts';

const chunk = (position: number, content: string, changes: Partial<StoredChunk> = {}): StoredChunk => ({
  chunkId: position + 100,
  sourceKey: 'a.md',
  title: 'Магазин',
  heading: 'Магазин > Доставка',
  question: null,
  position,
  content,
  ...changes,
});

test('neighbours become one text in which the repeated sentence stands once', () => {
  const [passage, ...others] = mergeNeighbours([
    chunk(1, 'Вторая фраза. Третья фраза.'),
    chunk(0, 'Первая фраза. Вторая фраза.'),
  ]);
  expect(passage).toMatchObject({
    chunkIds: [100, 101],
    content: 'Первая фраза. Вторая фраза. Третья фраза.',
  });
  expect(others).toEqual([]);
});

test('a chunk that comes later can join two passages', () => {
  const passages = mergeNeighbours([chunk(0, 'А.'), chunk(2, 'В.'), chunk(1, 'Б.')]);
  expect(passages.map(({ content }) => content)).toEqual(['А.\nБ.\nВ.']);
});

test('other headings, other documents, distant chunks and pairs stay apart, in the order of the ranking', () => {
  const passages = mergeNeighbours([
    chunk(0, 'А.'),
    chunk(1, 'Б.', { heading: 'Магазин > Оплата' }),
    chunk(1, 'В.', { sourceKey: 'b.md', chunkId: 7 }),
    chunk(5, 'Г.'),
    chunk(1, 'Д.', { question: 'Как?', chunkId: 8 }),
  ]);
  expect(passages.map(({ content }) => content)).toEqual(['А.', 'Б.', 'В.', 'Г.', 'Д.']);
});
