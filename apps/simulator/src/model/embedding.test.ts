import { expect, test } from 'vitest';
import { embedText, vectorToBase64 } from './embedding.ts';

const embed = (text: string) => embedText({ text, dimensions: 512 });
const cosine = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

test('the same text gives the same vector of length 1, of the size asked for', () => {
  const vector = embed('Есть ли доставка по Москве?');
  expect(vector).toHaveLength(512);
  expect(embed('Есть ли доставка по Москве?')).toEqual(vector);
  expect(cosine(vector, vector)).toBeCloseTo(1, 5);
});

test('texts that share words in other forms are nearer than texts that do not', () => {
  const question = embed('Сколько стоит доставка по Москве?');
  const right = cosine(question, embed('Доставляем по Москве за 300 рублей, доставки ежедневно.'));
  const wrong = cosine(question, embed('Гарантия на ноутбуки — шесть месяцев.'));
  expect(right).toBeGreaterThan(wrong + 0.2);
});

test('a typo stays nearer to its word than another word', () => {
  const wanted = embed('гарантия');
  expect(cosine(embed('гаранития'), wanted)).toBeGreaterThan(cosine(embed('самовывоз'), wanted) + 0.05);
});

test('signs without a word still have a direction', () => {
  const vector = embed('???');
  expect(cosine(vector, vector)).toBeCloseTo(1, 5);
});

test('base64 holds little-endian 32-bit floats', () => {
  const bytes = Buffer.from(vectorToBase64(new Float32Array([1, -0.5])), 'base64');
  expect([bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual([1, -0.5]);
});
