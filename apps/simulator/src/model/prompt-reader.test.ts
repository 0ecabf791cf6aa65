import { expect, test } from 'vitest';
import { readPrompt } from './prompt-reader.ts';

const facts = [
  { number: 1, text: 'Доставка по Москве — 300 рублей.' },
  { number: 2, text: 'Гарантия на технику — 6 месяцев.\nЧек выдаём.' },
];
const user = (content: string) => [
  { role: 'system', content: 'Отвечай только по фрагментам.' },
  { role: 'user', content },
];

test.each([
  [
    'tags with an id',
    `<passage id="1" title="Доставка">\n${facts[0]?.text}\n</passage>\n<passage id="2">${facts[1]?.text}</passage>\n\n<question>Есть доставка?</question>`,
  ],
  ['brackets', `[1] ${facts[0]?.text}\n[2] ${facts[1]?.text}\n\nВопрос: Есть доставка?`],
  ['words', `Фрагмент 1: ${facts[0]?.text}\n\nФрагмент 2: ${facts[1]?.text}\n\nЕсть доставка?`],
  ['lines of JSON', `${facts.map((fact) => JSON.stringify(fact)).join('\n')}\n\nquestion: Есть доставка?`],
])('finds numbered passages and the question in %s', (_layout, content) => {
  const { passages, question } = readPrompt(user(content));
  expect(passages).toEqual(facts);
  expect(question).toBe('Есть доставка?');
});

test('passages may stand in the system message, the question alone in the last message', () => {
  const messages = [
    { role: 'system', content: `[1] ${facts[0]?.text}` },
    { role: 'user', content: 'Старый вопрос' },
    { role: 'assistant', content: 'Старый ответ' },
    { role: 'user', content: 'Есть доставка?' },
  ];
  expect(readPrompt(messages)).toMatchObject({ passages: [facts[0]], question: 'Есть доставка?' });
});

test('sees which tags the instructions ask for', () => {
  const system = { role: 'system', content: 'Ответь так: <answer>…</answer><sources>1, 2</sources>' };
  expect(readPrompt([system, { role: 'user', content: 'x' }]).answerTags).toEqual(['answer', 'sources']);
});
