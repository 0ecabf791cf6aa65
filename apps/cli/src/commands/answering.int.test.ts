import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsXml, xlsxFile } from '@avito-autoreply/rag/testing';
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

let folder: string;
let account: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answering-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  account = randomInt(1_000_000_000, 9_000_000_000);
});

const cli = (...argv: string[]) =>
  runCli([...argv, '--account', String(account)], { DATABASE_URL: inject('databaseUrl') });
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await cli(...argv, '--json')).stdout);

async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('settings are tried, published, listed and taken back', async () => {
  expect((await cli('settings', 'show')).stdout).toBe('{}\n');
  const path = await fileOf('settings.json', { texts: { greeting: 'Добрый день, это «Спектр»!' } });
  const preview = await cli('settings', 'preview', path, '--question', 'Здравствуйте', 'Спасибо');
  expect(preview.stdout).toMatch(/Здравствуйте\n {2}now {7}.+\n {2}proposed {2}Добрый день, это «Спектр»!/);
  expect(preview.stdout).toMatch(/Спасибо\n.+\n {2}proposed {2}the same/);
  expect((await cli('settings', 'set', path, '--note', 'вежливее')).stdout).toContain('version 1 holds');
  expect((await cli('ask', 'Здравствуйте')).stdout).toContain('Добрый день, это «Спектр»!');
  const shown = await fileOf('shown.json', (await cli('settings', 'show')).stdout);
  expect((await cli('settings', 'set', shown, '--base', '1')).exitCode).toBe(0);
  expect(await cli('settings', 'set', shown, '--base', '1')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('answering.settings-changed'),
  });
  expect((await cli('settings', 'rollback', '1')).stdout).toContain('version 3, as version 1 was');
  expect((await cli('settings', 'versions')).stdout).toMatch(/^3 .+as version 1\n2 .+\n1 .+вежливее\n$/);
});

test.each(['{', '{"mood": "весёлое"}', '[]'])('a file that holds „%s“ is no settings', async (content) => {
  const path = await fileOf('bad.json', content);
  expect(await cli('settings', 'set', path)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('answering.bad-settings'),
  });
});

test('a file of approved answers that is half one, and a place that is none, are told', async () => {
  const half = await fileOf('half.csv', 'вопрос;ответ\nЕсть душ?;Да\nЕсть сауна?;\n');
  expect(await cli('answers', 'import', half)).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('line 3: left out, the answer is missing'),
  });
  expect(await cli('answers', 'export', join(folder, 'none', 'x.csv'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('cli.bad-report-file'),
  });
});

test('approved answers of Excel are imported, and what was left out of the file is told', async () => {
  const path = join(folder, 'ответы.xlsx');
  const rows = [
    ['Вопрос', 'Ответ'],
    ['Сауна у вас есть?', 'Да, до десяти.'],
  ];
  await writeFile(
    path,
    xlsxFile({
      sheets: [
        { rows: rowsXml(rows) },
        {
          name: 'Прайс',
          rows: rowsXml([
            ['Товар', 'Цена'],
            ['Час', 900],
          ]),
        },
      ],
    }),
  );
  expect(await cli('answers', 'import', path)).toMatchObject({
    stdout: expect.stringContaining('1 added, 0 changed'),
    stderr: expect.stringContaining('left out: „Прайс“ (answering.other-tables)'),
  });
  expect((await cli('ask', 'сауна у вас есть?')).stdout).toContain('Да, до десяти.');
});

test('approved answers are added, found by the next question, exported and imported', async () => {
  expect((await cli('answers', 'add', 'Парковка у вас есть?', '**Да**, бесплатная.')).stdout).toBe('added\n');
  expect((await cli('ask', 'здравствуйте, парковка у вас есть?')).stdout).toContain('Да, бесплатная.');
  const path = join(folder, 'answers.json');
  await cli('answers', 'export', path);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual([
    { question: 'Парковка у вас есть?', answer: 'Да, бесплатная.' },
  ]);
  const more = await fileOf('more.csv', 'вопрос;ответ\nПарковка у вас есть?;Нет.\nТрейд-ин есть?;Да.\n');
  expect((await cli('answers', 'import', more)).stdout).toContain('1 added, 1 changed, 0 unchanged');
  const { answers } = (await json('answers', 'list', '--search', 'трейд')) as { answers: { id: string }[] };
  const id = answers[0]?.id ?? '';
  expect((await cli('answers', 'change', id, 'Трейд-ин есть?', 'Уже нет.')).exitCode).toBe(0);
  expect((await cli('answers', 'export')).stdout).toContain('"Трейд-ин есть?","Уже нет."');
  expect((await cli('answers', 'remove', id)).stdout).toBe('removed\n');
  expect((await cli('answers', 'remove', id)).exitCode).toBe(2);
  expect((await cli('answers', 'add', 'Привет', 'Да')).exitCode).toBe(2);
});

test('without questions there are no gaps, and nothing to explain', async () => {
  expect((await cli('gaps')).stdout).toContain('Every question of late has got an answer.');
  expect(await json('gaps', 'list')).toMatchObject({ total: 0, isComplete: true, gaps: [] });
  const unknown = '3c5b7e0a-5c7e-4f4b-9a55-2f0d6c1b7a10';
  expect((await cli('gaps', 'answer', unknown, 'Да')).stderr).toContain('answering.unknown-gap');
  expect((await cli('gaps', 'dismiss', unknown)).exitCode).toBe(2);
  expect((await cli('why', unknown)).stderr).toContain('reply.unknown');
});
