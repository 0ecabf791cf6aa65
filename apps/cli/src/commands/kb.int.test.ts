import { randomInt } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, inject, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { DELIVERY, makeShopFolder } from '../testing/shop-folder.ts';

let folder: string;
let account: number;
beforeEach(async () => {
  folder = await makeShopFolder({
    'delivery.md': DELIVERY,
    'faq.csv': 'вопрос,ответ\nЕсть ли парковка?,Парковка бесплатная\n',
  });
  account = randomInt(1_000_000_000, 9_000_000_000);
});

const cli = (...argv: string[]) =>
  runCli([...argv, '--account', String(account)], { DATABASE_URL: inject('databaseUrl') });
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await cli(...argv, '--json')).stdout);

test('a folder is synced, and synced again when something changed', async () => {
  await writeFile(join(folder, 'photo.jpg'), '');
  const { exitCode, stdout } = await cli('kb', 'sync', folder);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    `account ${account}: 2 added, 0 updated, 0 unchanged, 0 removed\nnot read: shop/photo.jpg (of a kind that is not read: write the text of the picture into a document, or recognise it (OCR))\n`,
  );
  await rm(join(folder, 'faq.csv'));
  expect(await json('kb', 'sync', folder)).toMatchObject({
    accountId: account,
    added: 0,
    unchanged: 1,
    removed: 1,
    failed: [],
    skipped: [{ sourceKey: 'shop/photo.jpg', code: 'knowledge.unsupported-kind' }],
  });
});

test('JSON is told apart: broken, of another shape, and such that was questions and answers before', async () => {
  await writeFile(join(folder, 'faq.json'), '[{"question":"Есть чек?","answer":"Да"}]');
  await writeFile(join(folder, 'settings.json'), '{"a":1}');
  const first = await cli('kb', 'sync', folder);
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toContain(
    'not read: shop/settings.json (these are neither questions with answers nor a table: a list of',
  );
  await writeFile(join(folder, 'faq.json'), '[{"question":"Есть чек?",\n"answer" "Да"}]');
  await writeFile(join(folder, 'settings.json'), '{"a":}');
  const broken = await cli('kb', 'sync', folder);
  expect(broken.exitCode).toBe(1);
  expect(broken.stdout).toContain('0 removed');
  expect(broken.stdout).toContain('failed shop/faq.json: the JSON is broken in line 2, column 10');
  expect(broken.stdout).toContain('failed shop/settings.json: the JSON is broken in line 1, column 6');
  await writeFile(join(folder, 'faq.json'), '{"questions":[]}');
  await rm(join(folder, 'settings.json'));
  expect(await json('kb', 'sync', folder)).toMatchObject({
    removed: 0,
    failed: [{ sourceKey: 'shop/faq.json', code: 'knowledge.bad-json' }],
    skipped: [],
  });
  expect((await cli('kb', 'search', 'есть чек')).stdout).toContain('shop/faq.json');
});

test('the list is a table with a header, or tells how to begin', async () => {
  expect((await cli('kb', 'list')).stdout).toMatch(/has no knowledge base yet: autoreply kb sync <path>/);
  await cli('kb', 'sync', folder);
  const [header, first, second] = (await cli('kb', 'list')).stdout.split('\n');
  expect(header).toMatch(/^source +title +passages +updated$/);
  expect(first).toMatch(/^shop\/delivery\.md +Доставка +\d +\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  expect(second).toMatch(/^shop\/faq\.csv /);
  expect(await json('kb', 'list')).toMatchObject({ accountId: account, documents: [{}, {}] });
});

test('a search shows the passage and its source; one that finds nothing is exit code 1', async () => {
  await cli('kb', 'sync', folder);
  const found = await cli('kb', 'search', 'сколько стоит доставка в Казань', '--limit', '1');
  expect(found.exitCode).toBe(0);
  expect(found.stdout).toMatch(/Доставка > Казань \(shop\/delivery\.md\)\n +Доставка в Казань стоит 490/);
  const nothing = await cli('kb', 'search', 'рояль');
  expect(nothing).toMatchObject({ exitCode: 1, stdout: 'The base says nothing about this.\n' });
});

test('ask answers from the base with its source', async () => {
  await cli('kb', 'sync', folder);
  expect(await json('ask', 'Сколько стоит доставка в Казань?')).toMatchObject({
    accountId: account,
    mode: 'extractive',
    action: 'answer',
    text: expect.stringContaining('490'),
    sources: [{ sourceKey: 'shop/delivery.md' }],
  });
  const handed = await cli('ask', 'Настроите концертный рояль?');
  expect(handed.exitCode).toBe(0);
  expect(handed.stdout).toMatch(/the chat would be handed to a person/);
});

test('sources are removed by key, and unknown keys are named', async () => {
  await cli('kb', 'sync', folder);
  const partly = await cli('kb', 'remove', 'shop/faq.csv', 'shop/nothing.md');
  expect(partly).toMatchObject({ exitCode: 1, stdout: `account ${account}: 1 removed\n` });
  expect(partly.stderr).toMatch(/not in the base: shop\/nothing\.md; `autoreply kb list`/);
  expect(await json('kb', 'remove', 'shop/delivery.md')).toEqual({
    accountId: account,
    removed: 1,
    unknown: [],
  });
});

test('a path that is not there is a wrong call, and a folder without texts is pointed out', async () => {
  expect(await cli('kb', 'sync', join(folder, 'nowhere'))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no such file or folder'),
  });
  const empty = join(folder, 'empty');
  await mkdir(empty);
  expect((await cli('kb', 'sync', empty)).stderr).toMatch(/holds nothing of a kind that is read/);
});

test('a folder that is empty all at once takes nothing from the base', async () => {
  await cli('kb', 'sync', folder);
  await rm(join(folder, 'delivery.md'));
  await rm(join(folder, 'faq.csv'));
  const { exitCode, stderr } = await cli('kb', 'sync', folder);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^knowledge\.another-folder: .* repeat with --replace/);
  expect((await cli('kb', 'search', 'есть ли парковка')).stdout).toContain('shop/faq.csv');
  expect(await json('kb', 'sync', folder, '--replace')).toMatchObject({ added: 0, removed: 2 });
});

test('a database that does not answer is exit code 1', async () => {
  const { exitCode, stderr } = await runCli(['kb', 'list'], { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^database\.unavailable: .*DATABASE_URL/);
});

test('eval measures a BEIR folder, and a folder that is none is a wrong call', async () => {
  await mkdir(join(folder, 'qrels'));
  await writeFile(
    join(folder, 'corpus.jsonl'),
    '{"_id":"d1","text":"Доставка в Казань"}\n{"_id":"d2","text":"Оплата картой"}\n',
  );
  await writeFile(join(folder, 'queries.jsonl'), '{"_id":"q1","text":"доставка"}\n');
  await writeFile(join(folder, 'qrels', 'test.tsv'), 'query-id\tcorpus-id\tscore\nq1\td1\t1\n');
  const environment = { DATABASE_URL: inject('databaseUrl') };
  const measured = await runCli(['eval', '--beir', folder, '--json'], environment);
  expect(JSON.parse(measured.stdout)).toMatchObject({ documents: 2, queries: 1, 'ndcg@10': 1 });
  const before = join(folder, 'before.json');
  const html = join(folder, 'report.html');
  await writeFile(before, measured.stdout);
  const again = await runCli(['eval', '--beir', folder, '--baseline', before, '--html', html], environment);
  expect(again.stdout).toMatch(/1 queries in common:\nndcg@10: 1\.0000 → 1\.0000/);
  expect(await readFile(html, 'utf8')).toMatch(/Проверка поиска[\s\S]*Сравнение с прогоном/);
  const wrong = await runCli(['eval', '--beir', join(folder, 'qrels')], environment);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('corpus.jsonl') });
});

test('what belongs to a listing is found and said for questions about it alone', async () => {
  await mkdir(join(folder, 'item-777'));
  await writeFile(join(folder, 'item-777', 'bike.md'), '# Велосипед\n\nРама велосипеда синяя, стальная.\n');
  await cli('kb', 'sync', folder);
  const ofListing = ['--item', '777'];
  const question = 'какая рама у велосипеда';
  expect((await cli('kb', 'search', question)).stdout).not.toContain('bike.md');
  expect((await cli('kb', 'search', question, ...ofListing)).stdout).toContain('shop/item-777/bike.md');
  expect((await cli('ask', question)).stdout).not.toContain('синяя');
  expect((await cli('ask', question, ...ofListing)).stdout).toContain('синяя');
});
