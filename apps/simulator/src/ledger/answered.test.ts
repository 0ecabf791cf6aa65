import { describe, expect, test } from 'vitest';
import { answeredMessages, type Timeline } from './answered.ts';

/** `b` a buyer's message, `a:text` a send by the API, `o` one by the operator; one second apart. */
function timelineOf(script: string): Timeline {
  return script.split(' ').map((step, index) => {
    const base = { at: index * 1_000, accountId: 1, chatId: 'u2i-c~1', messageId: `m${index}` };
    if (step === 'b') return { kind: 'buyer-message', record: { ...base, type: 'text' } };
    const text = step.slice(2);
    return { kind: 'send', record: { ...base, text, by: step.startsWith('o') ? 'operator' : 'api' } };
  });
}

const statesOf = (script: string) => answeredMessages(timelineOf(script)).map((message) => message.state);

describe('what became of a message', () => {
  test.each([
    ['b', ['unanswered']],
    ['b a:hello', ['once']],
    ['b a:hello a:hello', ['twice']],
    ['b a:hello a:other', ['twice']],
    ['b b b a:hello', ['once', 'once', 'once']],
    ['b b a:first a:second', ['once', 'once']],
    ['b b a:same a:same', ['twice', 'twice']],
    ['b a:hello b', ['once', 'unanswered']],
    ['b a:hello b a:hello', ['once', 'once']],
    ['b o:mine', ['operator']],
    ['b o:mine a:late', ['once']],
    ['a:unasked b a:hello', ['once']],
  ])('%s → %j', (script, states) => {
    expect(statesOf(script)).toEqual(states);
  });
});

test('the latency runs from each message to the first send after it', () => {
  const [first, second] = answeredMessages(timelineOf('b b a:x'));
  expect(first).toMatchObject({ latencyMs: 2_000, answerIds: ['m2'] });
  expect(second).toMatchObject({ latencyMs: 1_000, answerIds: ['m2'] });
});
