import { describe, expect, test } from 'vitest';
import { chunkDocument } from './chunk-sections.ts';

const sentence = (number: number) => `Предложение номер ${number} говорит о своём и занимает место.`;
const long = Array.from({ length: 30 }, (_, index) => sentence(index + 1));
const chunk = (blocks: string[]) =>
  chunkDocument({ title: 'Магазин', sections: [{ headings: ['Доставка'], blocks }], pairs: [] });

describe('chunkDocument', () => {
  test('chunks follow headings and never cross them', () => {
    const sections = [
      { headings: ['Доставка'], blocks: ['Два дня.'] },
      { headings: ['Оплата', 'Карты'], blocks: ['Любые.'] },
    ];
    expect(chunkDocument({ title: 'Магазин', sections, pairs: [] })).toEqual([
      { heading: 'Магазин > Доставка', question: null, content: 'Два дня.' },
      { heading: 'Магазин > Оплата > Карты', question: null, content: 'Любые.' },
    ]);
  });

  test('a long section becomes chunks of 400 to 600 characters', () => {
    const lengths = chunk([long.join(' ')]).map(({ content }) => content.length);
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(600);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(400);
  });

  test('a chunk begins with the last sentence of the one before', () => {
    const [first, second] = chunk([long.join(' ')]);
    const last = first?.content.split(/(?<=\.) /).at(-1) ?? '';
    expect(second?.content.startsWith(last)).toBe(true);
  });

  test('every sentence is somewhere', () => {
    const all = chunk([long.slice(0, 15).join(' '), long.slice(15).join(' ')])
      .map(({ content }) => content)
      .join('\n');
    expect(long.filter((text) => !all.includes(text))).toEqual([]);
  });

  test('a sentence without end is cut', () => {
    const contents = chunk(['слово '.repeat(400)]).map(({ content }) => content);
    expect(contents.every((content) => content.length <= 600)).toBe(true);
  });

  test('a pair is one chunk, however long', () => {
    const headings = ['Самара'];
    expect(
      chunkDocument({
        title: 'Вопросы',
        sections: [],
        pairs: [{ question: 'Где?', answer: 'Мира, 2', headings }],
      }),
    ).toEqual([{ heading: 'Вопросы > Самара', question: 'Где?', content: 'Мира, 2' }]);
    const pairs = [{ question: 'Как?', answer: long.join(' ') }];
    expect(chunkDocument({ title: 'Вопросы', sections: [], pairs })).toEqual([
      { heading: 'Вопросы', question: 'Как?', content: long.join(' ') },
    ]);
  });

  test('an empty document has no chunks', () => {
    expect(chunk(['', '  '])).toEqual([]);
  });
});
