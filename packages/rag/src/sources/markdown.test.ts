import { describe, expect, test } from 'vitest';
import { textsOfHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';

const markdown = (text: string) => parseMarkdown({ name: 'файл', text, readHtml: textsOfHtml });

describe('Markdown', () => {
  test('becomes sections under their paths of headings, with the first heading as title', () => {
    const parsed = markdown(
      '# Магазин\n\nВступление.\n\n## Доставка\n\nОбщее.\n\n### Казань\n\n2 дня.\n\n## Оплата\n\nКарта.',
    );
    expect(parsed).toEqual({
      title: 'Магазин',
      pairs: [],
      sections: [
        { headings: [], blocks: ['Вступление.'] },
        { headings: ['Доставка'], blocks: ['Общее.'] },
        { headings: ['Доставка', 'Казань'], blocks: ['2 дня.'] },
        { headings: ['Оплата'], blocks: ['Карта.'] },
      ],
    });
  });

  test('without a heading is called after its file', () => {
    expect(markdown('Просто текст.').title).toBe('файл');
  });

  test('loses its marks, but not the addresses of its links', () => {
    const [section] = markdown(
      '**Пишите** в [чат](https://example.com/chat), `код`, <b>a@b.ru</b> & R&D',
    ).sections;
    expect(section?.blocks).toEqual(['Пишите в чат (https://example.com/chat), код, a@b.ru & R&D']);
  });

  test('rows of a table say what their columns mean; an entry of a list says what it is below', () => {
    const [section] = markdown(
      '| Город | Срок |\n|---|---|\n| Казань | 2 дня |\n\n- чехол\n- Стекло:\n  - матовое\n    - 900 ₽\n  - глянец',
    ).sections;
    expect(section?.blocks).toEqual([
      'Город: Казань; Срок: 2 дня',
      '– чехол',
      '– Стекло: матовое: 900 ₽',
      '– Стекло: глянец',
    ]);
  });

  test('a table without names of columns tells names with their values', () => {
    const table = (header: string) =>
      markdown(`${header}\n|---|---|\n| Часы | 9–21 |\n| Телефон: | 89123456789 |`).sections[0]?.blocks;
    expect(table('| | |')).toEqual(['Часы: 9–21', 'Телефон: 89123456789']);
    expect(table('| Адрес | Мира, 2 |')).toEqual(['Адрес: Мира, 2', 'Часы: 9–21', 'Телефон: 89123456789']);
  });

  test('has what its HTML says, and not what is struck out', () => {
    const [section] = markdown(
      'Приём<br>до 20:00, ~~900 ₽~~ 700 ₽.\n\n<table><tr><th>Диск<th>Цена</tr><tr><td>R15<td>2 200 ₽</table>\n\n<details>\n<summary>Храните?</summary>\n\nДа.\n\n</details>',
    ).sections;
    expect(section?.blocks).toEqual([
      'Приём до 20:00, 700 ₽.',
      'Диск: R15; Цена: 2 200 ₽',
      'Храните?',
      'Да.',
    ]);
  });

  test('drops front matter, comments and rules', () => {
    expect(markdown('---\ntags: a\n---\n<!-- тайна -->\n\nТекст.\n\n---\n').sections).toEqual([
      { headings: [], blocks: ['Текст.'] },
    ]);
  });
});
