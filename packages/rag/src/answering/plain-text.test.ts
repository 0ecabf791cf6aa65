import { expect, test } from 'vitest';
import { toPlainText } from './plain-text.ts';

test('the usual Markdown comes off', () => {
  expect(toPlainText('## Доставка\n\n* **Казань** — `490 ₽`\n- [сайт](https://a.ru)\n\n\n\nВсё.')).toBe(
    'Доставка\n\n– Казань — 490 ₽\n– сайт: https://a.ru\n\nВсё.',
  );
});

test('plain text stays as it is', () => {
  const text = 'Цена 5 * 3 = 15, snake_case, 2–3 дня\nДо встречи!';
  expect(toPlainText(text)).toBe(text);
});

test.each(['\n', '\n ', ' ', '[', '**а ', '__а **б ', '- ', '`', '#'])(
  'of „%s“ without end no answer is waited for',
  (part) => {
    const text = `Да.${part.repeat(200_000 / part.length)}нет`;
    const plain = toPlainText(text);
    expect(plain.startsWith('Да.')).toBe(true);
    expect(plain.endsWith('нет')).toBe(true);
  },
);

test('of marks that cross, those that close first count', () => {
  expect(toPlainText('**а __б** в__ ***г*** **д')).toBe('а __б в__ *г* **д');
});
