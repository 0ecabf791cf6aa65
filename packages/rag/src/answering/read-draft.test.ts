import { describe, expect, test } from 'vitest';
import { readDraft } from './read-draft.ts';

const draft = { answer: 'Да, 490 ₽.', sources: [1, 2], action: 'answer' };
const json = JSON.stringify(draft);

describe('readDraft', () => {
  test.each([
    ['JSON', json],
    ['JSON after reasoning', `<think>{"answer": "нет"}</think>${json}`],
    ['JSON after reasoning that was never opened', `хм {}</think>\n${json}`],
    ['JSON in a code fence', `\`\`\`json\n${json}\n\`\`\``],
    ['JSON in prose', `Вот ответ: ${json} Готово.`],
    ['JSON with sources as texts', '{"answer":"Да, 490 ₽.","sources":["[1]","passage 2"]}'],
    ['JSON with an action of its own', '{"answer":"Да, 490 ₽.","sources":[1,2],"action":"reply"}'],
    ['JSON with a line break in a text', '{"answer":"Да,\n490 ₽.","sources":[1,2],"action":"answer"}'],
    ['JSON with a comma too many', '{"answer":"Да, 490 ₽.","sources":[1,2,],}'],
    ['tags', '<answer>Да, 490 ₽.</answer><sources>1, 2</sources>'],
    ['plain text with marks', 'Да, 490 ₽ [1][2].'],
    ['JSON with Markdown inside', '{"answer":"Да, **490 ₽**.","sources":[1,2]}'],
  ])('reads %s', (_, text) => {
    expect(readDraft(text)).toEqual(draft);
  });

  test('reads a hand-off, also without a text', () => {
    expect(readDraft('{"answer":"","sources":[],"action":"handoff"}')).toEqual({
      answer: '',
      sources: [],
      action: 'handoff',
    });
  });

  test.each([
    ['nothing', ' '],
    ['reasoning only', '<think>хм</think>'],
    ['reasoning without end', '<think>хм, пусть будет {"answer":"да"}'],
    ['broken JSON', '{"answer":"Да, 4'],
    ['an empty answer', '{"answer":" ","sources":[1]}'],
    ['an answer without a word', '{"answer":"{","sources":[1]}'],
    ['nothing but dots', '…'],
    ['broken JSON behind prose', 'Вот ответ: {"answer":"Да, работаем'],
    ['broken JSON in a code fence', '```\n{"answer": "Да, работаем'],
    ['JSON in JSON', JSON.stringify({ answer: '{"answer":"Да, работаем' })],
  ])('of %s makes a failure', (_, text) => {
    expect(readDraft(text)).toBeUndefined();
  });

  test.each(['<think>', '<thinking>а</', '<answer>', '{', '{}', '}{', '["', '{"answer":"', '[1]', '\n'])(
    'of „%s“ without end makes a failure at once',
    (part) => {
      expect(readDraft(part.repeat(200_000 / part.length))?.answer ?? '').toBe('');
      expect(readDraft(`{ ${part.repeat(190_000 / part.length)}}}}}`)).toBeUndefined();
    },
  );

  test('an answer of many pages is none', () => {
    expect(readDraft(JSON.stringify({ ...draft, answer: 'Да, 490 ₽. '.repeat(10_000) }))).toBeUndefined();
  });
});
