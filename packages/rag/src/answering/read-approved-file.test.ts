import { assert, asyncProperty, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pdfFile } from '../testing/pdf-file.ts';
import { rowsXml, xlsxFile } from '../testing/xlsx-file.ts';
import { readApprovedPair, writeApprovedFile } from './approved-pair.ts';
import { readApprovedFile } from './read-approved-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file', () => {
  test.each([
    ['CSV', 'вопрос;ответ\nПарковка?;Да'],
    ['JSON', '[{"question": "Парковка?", "answer": "Да"}]'],
    ['JSON with a name', '{"pairs": [{"question": "Парковка?", "answer": "Да"}]}'],
  ])('of %s gives its pairs', async (_, text) => {
    expect(await readApprovedFile(bytes(text))).toMatchObject({
      pairs: [{ question: 'Парковка?', answer: 'Да' }],
      incomplete: [],
    });
  });

  test('with a pair that cannot be used is refused, and names it', async () => {
    const text = JSON.stringify([
      { question: 'Парковка?', answer: 'Да' },
      { question: 'Привет', answer: 'Да' },
    ]);
    await expect(readApprovedFile(bytes(text))).rejects.toThrow('pair 2 („Привет“)');
  });

  test('that answers one question differently is refused, as one of the answers would be lost', async () => {
    const text = 'вопрос;ответ\nПарковка?;Да\nПарковка есть?;Да\nпарковка;Нет';
    await expect(readApprovedFile(bytes(text))).rejects.toThrow(
      'pair 1 („Парковка?“) and pair 3 („парковка“)',
    );
    expect((await readApprovedFile(bytes('вопрос;ответ\nПарковка?;Да\nпарковка;Да'))).pairs).toHaveLength(2);
  });

  test('with a row that lacks its answer says so', async () => {
    expect(await readApprovedFile(bytes('вопрос;ответ\nПарковка?;Да\nВода?;'))).toMatchObject({
      pairs: [{ question: 'Парковка?' }],
      incomplete: [{ at: 'line 3', missing: 'answer' }],
    });
  });

  test.each(['[1]', '{"a":1}', '{', '{"pairs": 7}', 'null'])('„%s“ holds no pairs', async (text) => {
    await expect(readApprovedFile(bytes(text))).rejects.toThrow();
  });

  test('is read back as it was written, in either format', async () => {
    await assert(
      asyncProperty(string({ unit: 'grapheme' }), async (tail) => {
        const pair = { question: `Парковка "у" входа; ${tail}`, answer: `Да,\nесть "место"; ${tail}.` };
        const { folded: _, ...ready } = readApprovedPair(pair);
        for (const format of ['csv', 'json'] as const) {
          const written = writeApprovedFile([ready], { format });
          expect((await readApprovedFile(bytes(written))).pairs).toMatchObject([ready]);
        }
      }),
    );
  });

  describe('of Excel', () => {
    const questions = (...rows: string[][]) => rowsXml([['Вопрос', 'Ответ'], ...rows]);

    test('gives the pairs of all its sheets, and tells what it has besides', async () => {
      const file = xlsxFile({
        sheets: [
          { name: 'Доставка', rows: questions(['Доставка есть?', 'Да, **СДЭК**'], ['Курьер есть?', '']) },
          { name: 'Оплата', rows: questions(['Картой можно?', 'Да']) },
          {
            name: 'Прайс',
            rows: rowsXml([
              ['Товар', 'Цена'],
              ['Чехол', 590],
            ]),
          },
        ],
      });
      expect(await readApprovedFile(file)).toMatchObject({
        pairs: [
          { question: 'Доставка есть?', answer: 'Да, СДЭК' },
          { question: 'Картой можно?', answer: 'Да' },
        ],
        incomplete: [{ at: 'row 3 of „Доставка“', missing: 'answer' }],
        warnings: [{ code: 'answering.other-tables', message: expect.stringContaining('left out: „Прайс“') }],
      });
    });

    test('with other answers on another sheet is refused, and names the sheets', async () => {
      const file = xlsxFile({
        sheets: [
          { name: 'Казань', rows: questions(['Где вы?', 'Баумана, 7']) },
          { name: 'Самара', rows: questions(['Где вы?', 'Мира, 2']) },
        ],
      });
      await expect(readApprovedFile(file)).rejects.toThrow(
        'pair 1 („Где вы?“ of „Казань“) and pair 2 („Где вы?“ of „Самара“)',
      );
    });

    test.each([
      [
        'a price list',
        xlsxFile({
          sheets: [
            {
              rows: rowsXml([
                ['Товар', 'Цена'],
                ['Чехол', 590],
              ]),
            },
          ],
        }),
        'knowledge.bad-csv',
      ],
      [
        'a damaged one',
        xlsxFile({ sheets: [{ rows: questions(['а', 'б']) }] }).slice(0, -300),
        'knowledge.broken-file',
      ],
      ['an old one', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'knowledge.is-old-office'],
      ['a PDF instead', pdfFile([[]]), 'knowledge.bad-csv'],
    ])('is refused with the reason: %s', async (_, file, code) => {
      await expect(readApprovedFile(file)).rejects.toMatchObject({ code });
    });
  });
});
