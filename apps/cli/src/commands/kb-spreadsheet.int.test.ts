import { randomInt } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rowsXml, xlsxFile } from '@avito-autoreply/rag/testing';
import { beforeEach, expect, inject, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { makeShopFolder } from '../testing/shop-folder.ts';

const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="#,##0\\ &quot;₽&quot;"/></numFmts><fonts><font/></fonts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>';
const roubles = (value: number) => ({ style: 1, value });
const prices = rowsXml([
  ['Модель', 'Память', 'Цена'],
  ['iPhone 13', '128 ГБ', roubles(42_990)],
  ['iPhone 14', '256 ГБ', roubles(52_990)],
]);
const questions = rowsXml([
  ['Вопрос', 'Ответ'],
  ['Есть ли парковка?', 'Парковка бесплатная, въезд со двора.'],
  ['Где вы?', null],
]);
const book = (priceRows = prices) =>
  xlsxFile({
    styles,
    sheets: [
      { name: 'Телефоны', rows: priceRows },
      { name: 'Вопросы', rows: questions },
      { name: 'Закупка', state: 'hidden', rows: rowsXml([['iPhone 13', 30_000]]) },
    ],
  });

let folder: string;
let account: number;
beforeEach(async () => {
  folder = await makeShopFolder({ 'прайс.xlsx': book() });
  account = randomInt(1_000_000_000, 9_000_000_000);
});

const cli = (...argv: string[]) =>
  runCli([...argv, '--account', String(account)], { DATABASE_URL: inject('databaseUrl') });
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await cli(...argv, '--json')).stdout);

test('a workbook answers with its prices and its answers, and tells what it lacks', async () => {
  const { exitCode, stdout } = await cli('kb', 'sync', folder);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('1 added');
  expect(stdout).toContain('shop/прайс.xlsx: 1 row is left out: row 3 of „Вопросы“ has no answer');
  expect(await json('ask', 'Сколько стоит iPhone 13 на 128 ГБ?')).toMatchObject({
    action: 'answer',
    text: expect.stringContaining('42 990 ₽'),
    sources: [{ sourceKey: 'shop/прайс.xlsx' }],
  });
  expect(await json('ask', 'Есть ли у вас парковка?')).toMatchObject({
    action: 'answer',
    text: expect.stringContaining('въезд со двора'),
  });
  const found = await cli('kb', 'search', 'iPhone 13', '--limit', '1');
  expect(found.stdout).toContain('прайс > Телефоны (shop/прайс.xlsx)');
  expect(found.stdout).not.toContain('30000');
});

test('a workbook that has not changed stays, and one that has is read anew', async () => {
  await cli('kb', 'sync', folder);
  const warnings = [{ code: 'knowledge.incomplete-pairs' }];
  expect(await json('kb', 'sync', folder)).toMatchObject({ unchanged: 1, updated: 0, warnings });
  expect(await json('kb', 'status')).toMatchObject({ sources: [{ state: 'synced', warnings }] });
  expect((await cli('kb', 'status')).stdout).toContain('строки без вопроса или без ответа');
  await writeFile(join(folder, 'прайс.xlsx'), book(prices.replace('42990', '39990')));
  expect(await json('kb', 'sync', folder)).toMatchObject({ updated: 1 });
  expect(await json('ask', 'Сколько стоит iPhone 13 на 128 ГБ?')).toMatchObject({
    text: expect.stringContaining('39 990 ₽'),
  });
});

test('what a workbook lacks is known of an imported base as well', async () => {
  await cli('kb', 'sync', folder);
  const exported = join(folder, '..', 'export');
  await cli('kb', 'export', exported);
  account += 1;
  expect((await cli('kb', 'import', exported)).exitCode).toBe(0);
  expect(await json('kb', 'sync', folder)).toMatchObject({
    unchanged: 1,
    warnings: [{ sourceKey: 'shop/прайс.xlsx', code: 'knowledge.incomplete-pairs' }],
  });
});

test('the same question on two sheets is answered for the one that is asked about', async () => {
  const rows = (address: string, hours: string) =>
    rowsXml([
      ['Вопрос', 'Ответ'],
      ['Где вы находитесь?', address],
      ['До скольких вы работаете?', hours],
    ]);
  const sheets = [
    { name: 'Казань', rows: rows('Улица Баумана, 7, вход с торца.', 'С 9 до 21 без выходных.') },
    { name: 'Самара', rows: rows('Проспект Мира, 2, второй этаж.', 'С 10 до 18 без выходных.') },
  ];
  await writeFile(join(folder, 'прайс.xlsx'), xlsxFile({ sheets }));
  await cli('kb', 'sync', folder);
  for (const [town, address] of [
    ['Казани', 'Баумана'],
    ['Самаре', 'Проспект Мира'],
  ])
    expect(await json('ask', `Где вы находитесь в ${town}?`)).toMatchObject({
      action: 'answer',
      text: expect.stringContaining(address ?? ''),
    });
  expect(await json('kb', 'report')).toMatchObject({ contradictions: [] });
});

test('workbooks that cannot be read say why in the owner’s language', async () => {
  await rm(join(folder, 'прайс.xlsx'));
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  await writeFile(join(folder, 'старый.xlsx'), old);
  await writeFile(
    join(folder, 'пароль.xlsx'),
    Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]),
  );
  await writeFile(join(folder, 'обрыв.xlsm'), book().slice(0, 400));
  await writeFile(join(folder, 'древний.xls'), old);
  const { exitCode, stdout } = await cli('kb', 'sync', folder);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('failed shop/старый.xlsx: this file is a .xls of before 2007: save it as .xlsx');
  expect(stdout).toMatch(/failed shop\/пароль\.xlsx: .*password.*knowledge\.password-protected/);
  expect(stdout).toMatch(/failed shop\/обрыв\.xlsm: .*knowledge\.broken-file/);
  expect(stdout).toContain('not read: shop/древний.xls (of a kind that is not read: save it as .xlsx)');
  expect(stdout).toContain('Файл защищён паролем. Сохраните его без пароля.');
  const status = await cli('kb', 'status');
  expect(status.stdout).toContain('Файл защищён паролем');
  expect(status.stdout).toContain(
    'Это документ старого Office (до 2007 года) или файл с паролем. Сохраните его',
  );
});
