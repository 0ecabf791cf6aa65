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
