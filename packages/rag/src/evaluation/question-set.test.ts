import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readQuestionSet } from './question-set.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'questions-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, 'set');
  await writeFile(file, text);
  return readQuestionSet(file);
}

describe('a question set', () => {
  const plain = {
    answerable: true,
    must_contain: [],
    must_not_contain: [],
    expected_source: [],
    history: [],
  };

  test.each([
    ['JSON lines', '{"question":"Где?","must_contain":"Фили"}\n\n{"question":"Что?","answerable":false}\n'],
    ['an array', '[\n{"question":"Где?","must_contain":["Фили"]},\n {"question":"Что?","answerable":false}]'],
    [
      'two lists',
      '{\n"answerable": [{"question":"Где?","must_contain":["Фили"]}],\n"unanswerable": [{"question":"Что?"}]\n}',
    ],
  ])('is read from %s', async (_form, text) => {
    expect(await read(text)).toMatchObject([
      { ...plain, id: '1', question: 'Где?', must_contain: ['Фили'] },
      { ...plain, id: '2', question: 'Что?', answerable: false },
    ]);
  });

  test.each([
    ['a broken line', '{"question":"Где?"}\n{oops\n', 'line 2: is no JSON'],
    ['a question that is missing', '{"question":"Где?"}\n\n{"id":"x"}\n', 'line 3: "question"'],
    ['a wrong field of an array', '[\n  {"question": "Где?"},\n\n  {"question": 1}\n]', 'line 4: "question"'],
    [
      'an id that is there twice',
      '{"id":1,"question":"Где?"}\n{"id":"1","question":"Что?"}',
      'of line 1 already',
    ],
    ['nothing', '', 'holds no question'],
  ])('with %s is refused, with its line', async (_what, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'eval.bad-questions',
      message: expect.stringContaining(message),
    });
  });

  test('as a table program of Windows saves it is read', async () => {
    const file = join(folder, 'windows');
    // „Где?“ in Windows-1251.
    const word = [0xc3, 0xe4, 0xe5, 0x3f];
    await writeFile(file, Buffer.from([...Buffer.from('{"question":"'), ...word, ...Buffer.from('"}')]));
    expect(await readQuestionSet(file)).toMatchObject([{ question: 'Где?' }]);
  });

  test('with fields that mean nothing is read, and each of them is told once', async () => {
    const file = join(folder, 'set');
    await writeFile(
      file,
      '{"question":"Где?"}\n{"question":"Что?","expected_sorce":"a"}\n{"question":"Как?","expected_sorce":"b"}',
    );
    const notes: string[] = [];
    expect(await readQuestionSet(file, { onNote: (note) => notes.push(note) })).toHaveLength(3);
    expect(notes).toEqual([expect.stringMatching(/line 2: .*„expected_sorce“.*expected_source/)]);
  });

  test('that is not there is named', async () => {
    await expect(readQuestionSet(join(folder, 'none'))).rejects.toMatchObject({ code: 'eval.bad-questions' });
  });
});
