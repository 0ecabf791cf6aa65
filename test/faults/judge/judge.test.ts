import { describe, expect, test } from 'vitest';
import { questionAbout, textOf } from '../world/facts.ts';
import { isFlawless, judge } from './judge.ts';
import type { Asked, Kept, Said } from './records.ts';

const chatId = 'u2i-1';
const ask = (at: number, fact: number): Asked => ({
  at,
  chatId,
  messageId: `m${at}`,
  text: questionAbout(fact),
});
const say = (at: number, text: string, changes: Partial<Said> = {}): Said => ({
  at,
  chatId,
  messageId: `s${at}`,
  text,
  by: 'api',
  isDeleted: false,
  ...changes,
});
const fact = (number: number) => textOf({ fact: number, parts: 1 });
const long = textOf({ fact: 150, parts: 2 });
const [first, second] = [long.slice(0, 1_000), long.slice(1_000)];
const judged = (asked: Asked[], said: Said[], kept?: Map<string, Kept>) =>
  judge({ asked, said, kept }, { graceMs: 1_000 });

describe('answered once', () => {
  test('each question has its answer, in one part or several', () => {
    const verdict = judged([ask(0, 101), ask(10, 150)], [say(5, fact(101)), say(15, first), say(16, second)]);
    expect(verdict).toMatchObject({ answeredOnce: 2, settleMs: { p50: 5, max: 5 }, problems: [] });
    expect(isFlawless(verdict)).toBe(true);
  });

  test('one answer may serve all messages of a turn', () => {
    expect(judged([ask(0, 101), ask(1, 102)], [say(5, fact(102))])).toMatchObject({ answeredOnce: 2 });
  });

  test('an answer that is on its way while the buyer writes again counts for the first message', () => {
    const said = [say(5, first), say(7, second), say(9, fact(102))];
    expect(judged([ask(0, 150), ask(6, 102)], said)).toMatchObject({ answeredOnce: 2, problems: [] });
  });

  test('a prepared text may come again after the buyer has written again', () => {
    const said = [say(5, 'Уточню у коллег'), say(15, 'Уточню у коллег')];
    expect(judged([ask(0, 101), ask(10, 102)], said)).toMatchObject({ answeredOnce: 2, problems: [] });
  });
});

describe('answered twice', () => {
  test.each([
    ['the same fact again', [say(5, fact(101)), say(9, fact(101))]],
    ['one part of it again', [say(5, first), say(6, second), say(9, second)]],
    ['a prepared text again, without a new question', [say(5, 'Уточню'), say(9, 'Уточню')]],
    ['a second answer in other words', [say(5, 'Уточню'), say(9, fact(101))]],
  ])('%s', (_name, said) => {
    expect(judged([ask(0, 101)], said)).toMatchObject({ answeredTwice: 1, answeredOnce: 0 });
  });

  test('a copy that was deleted again is counted as such', () => {
    const said = [say(5, fact(101)), say(6, fact(101), { isDeleted: true })];
    expect(judged([ask(0, 101)], said)).toMatchObject({ answeredTwice: 0, copiesDeleted: 1 });
  });

  test('three copies after one message are one message answered twice', () => {
    const said = [5, 6, 7, 8].map((at) => say(at, fact(101)));
    expect(judged([ask(0, 101)], said)).toMatchObject({ answeredTwice: 1 });
  });
});

const neither = { isHandedOff: false, isGivenUp: false };

describe('unanswered', () => {
  test('no send came after the message', () => {
    expect(judged([ask(0, 101), ask(9, 102)], [say(5, fact(101))])).toMatchObject({
      unanswered: 1,
      answeredOnce: 1,
      unansweredBecause: { 'no send came after it': 1 },
    });
  });

  test('where each message is answered by itself, its own fact must come', () => {
    const records = { asked: [ask(0, 101), ask(1, 102)], said: [say(5, fact(102))] };
    expect(judge(records, { graceMs: 0, ownFact: true })).toMatchObject({ unanswered: 1 });
  });

  test('a message that our rows do not know, or held, was not answered by what came for another one', () => {
    const kept = new Map<string, Kept>([
      ['m1', { decision: 'hold', reason: 'send-outcome-unknown', isReplySent: false, ...neither }],
      ['m2', { decision: 'answer', reason: 'buyer-message', isReplySent: true, ...neither }],
    ]);
    expect(judged([ask(0, 101), ask(1, 102), ask(2, 103)], [say(5, fact(103))], kept)).toMatchObject({
      unanswered: 2,
      answeredOnce: 1,
      unansweredBecause: { 'not in the database': 1, 'hold: send-outcome-unknown': 1 },
    });
  });

  test('what is held for a person whom an answer announced is not: the owner sees it', () => {
    const handOff = {
      decision: 'answer',
      reason: 'buyer-message',
      isReplySent: true,
      ...neither,
      isHandedOff: true,
    };
    const kept = new Map<string, Kept>([
      ['m0', handOff],
      ['m9', { ...handOff, decision: 'hold', isReplySent: false }],
    ]);
    expect(judged([ask(0, 101), ask(9, 102)], [say(5, 'Позову коллегу')], kept)).toMatchObject({
      answeredOnce: 1,
      handedOff: 1,
      unanswered: 0,
    });
  });

  test('what is with a person because nothing could be sent is counted apart', () => {
    const kept = new Map<string, Kept>([
      [
        'm0',
        { decision: 'answer', reason: 'buyer-message', isReplySent: false, ...neither, isGivenUp: true },
      ],
    ]);
    expect(judged([ask(0, 101)], [], kept)).toMatchObject({ givenUp: 1, unanswered: 0, answeredOnce: 0 });
  });

  test('what an operator has the chat for is his', () => {
    const said = [say(5, 'Отвечу сама', { by: 'operator', acceptedAt: 6 })];
    expect(judged([ask(0, 101), ask(9, 102)], said)).toMatchObject({ withOperator: 2, unanswered: 0 });
  });
});

describe('answered over an operator', () => {
  const operator = say(5, 'Отвечу сама', { by: 'operator', acceptedAt: 10 });

  test('a send that left when his message had long been accepted', () => {
    const verdict = judged([ask(0, 101)], [operator, say(1_011, fact(101))]);
    expect(verdict).toMatchObject({ answeredOverOperator: 1 });
    expect(isFlawless(verdict)).toBe(false);
  });

  test('not what was in flight, nor what nobody could know of', () => {
    expect(judged([ask(0, 101)], [operator, say(900, fact(101))]).problems).toEqual([]);
    const unheard = { ...operator, acceptedAt: undefined };
    expect(judged([ask(0, 101)], [unheard, say(9_000, fact(101))]).problems).toEqual([]);
  });
});

describe('out of order', () => {
  test('the second part in front of the first', () => {
    expect(judged([ask(0, 150)], [say(5, second), say(6, first)])).toMatchObject({ outOfOrder: 1 });
  });

  test('one answer may tell two facts, in any order', () => {
    const said = [say(5, `${fact(102)} ${first}`), say(6, second)];
    const turns = new Map([
      ['s5', 1],
      ['s6', 1],
    ]);
    const records = { asked: [ask(0, 150), ask(1, 102)], said, turns };
    expect(judge(records, { graceMs: 0 }).problems).toEqual([]);
  });

  test('an answer in front of that of an earlier turn', () => {
    const records = { asked: [ask(0, 101), ask(1, 102)], said: [say(5, fact(102)), say(6, fact(101))] };
    const judgedBy = (turns: [string, number][]) =>
      judge({ ...records, turns: new Map(turns) }, { graceMs: 0 });
    expect(
      judgedBy([
        ['s5', 2],
        ['s6', 1],
      ]),
    ).toMatchObject({ outOfOrder: 1, answeredTwice: 0 });
    // The webhook of the first question came late, or not at all: its turn is the later one.
    expect(
      judgedBy([
        ['s5', 1],
        ['s6', 2],
      ]),
    ).toMatchObject({ outOfOrder: 0 });
    expect(judge(records, { graceMs: 0 })).toMatchObject({ outOfOrder: 1 });
  });
});
