import { describe, expect, test } from 'vitest';
import { fastExchanges, foldText, repeatsInARow, type TailMessage } from './tail.ts';

const authors = { b: 'buyer', u: 'us', o: 'operator' } as const;

/** `b:Есть?@5` is a buyer's message at second 5. */
const tail = (...written: string[]): TailMessage[] =>
  written.map((entry) => {
    const [, author = '', text = '', second = '0'] = /^(\w):(.*?)(?:@(\d+))?$/.exec(entry) ?? [];
    return { author: authors[author as keyof typeof authors], text, at: Number(second) * 1_000 };
  });

describe('repeatsInARow', () => {
  test.each([
    ['nothing was said', [], 0],
    ['one question', ['b:Есть?'], 1],
    ['the same after an answer', ['b:Есть?', 'u:Да', 'b:есть'], 2],
    ['in other capitals and marks', ['b:Ещё есть?', 'u:Да', 'b:ЕЩЕ  ЕСТЬ!!!'], 2],
    ['an answer in two parts is one', ['b:Есть?', 'u:Да', 'u:И ещё', 'b:Есть?'], 2],
    ['a burst of the same is one question', ['b:Есть?', 'b:Есть?', 'b:Есть?'], 1],
    ['something else in between', ['b:Есть?', 'u:Да', 'b:Цена?', 'u:5', 'b:Есть?'], 1],
    ['bursts of the same two texts', ['b:А', 'b:Б', 'u:Да', 'b:А', 'b:Б'], 2],
    ['images have no text', ['b:', 'u:Да', 'b:', 'u:Да', 'b:'], 0],
  ])('%s', (_name, written, count) => {
    expect(repeatsInARow(tail(...written))).toBe(count);
  });
});

describe('fastExchanges', () => {
  const limits = { withinMs: 600_000, answeredWithinMs: 5_000 };
  test.each([
    ['nothing was said', [], 0],
    ['a first question', ['b:А@0'], 0],
    ['answered within seconds', ['b:А@0', 'u:Б@3', 'b:В@6'], 1],
    ['twice', ['u:Б@3', 'b:В@6', 'u:Г@9', 'b:Д@12'], 2],
    ['the last one slowly: no robot', ['u:Б@3', 'b:В@6', 'u:Г@9', 'b:Д@60'], 0],
    ['a slow one ends the row', ['u:Б@3', 'b:В@60', 'u:Г@63', 'b:Д@66'], 1],
    ['the parts of an answer count once', ['u:Б@3', 'u:В@4', 'b:Г@6'], 1],
    ['a burst counts once', ['u:Б@3', 'b:В@4', 'b:Г@6'], 1],
    ['an operator breaks it', ['u:Б@3', 'b:В@6', 'o:Г@9', 'b:Д@12'], 0],
    ['what is long ago does not count', ['u:Б@0', 'b:В@3', 'u:Г@700', 'b:Д@703'], 1],
    ['ours is the last word', ['b:В@6', 'u:Г@9'], 0],
  ])('%s', (_name, written, count) => {
    expect(fastExchanges(tail(...written), limits)).toBe(count);
  });
});

test('foldText keeps letters and digits', () => {
  expect(foldText(' Ещё  продаёте?! №5 ')).toBe('еще продаете 5');
});
