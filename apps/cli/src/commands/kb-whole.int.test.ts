import { randomInt } from 'node:crypto';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKnowledgeRepositories, createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { beforeEach, expect, inject, test } from 'vitest';
import { startEmbeddingServer } from '../testing/embedding-server.ts';
import { runCli } from '../testing/run-cli.ts';
import { DELIVERY, makeShopFolder } from '../testing/shop-folder.ts';

let folder: string;
let account: number;
beforeEach(async () => {
  folder = await makeShopFolder({
    'delivery.md': DELIVERY,
    'page.html': '<h1>Условия</h1><p>Доставка в Казань стоит 590 рублей.</p>',
    'item-7632548911/bike.md': '# Велосипед\n\nРама синяя, стальная.\n',
  });
  account = randomInt(1_000_000_000, 9_000_000_000);
});

const environment = (more: Record<string, string> = {}) => ({ DATABASE_URL: inject('databaseUrl'), ...more });
const cli = (argv: readonly string[], { of = account, env = {} } = {}) =>
  runCli([...argv, '--account', String(of)], environment(env));
const json = async (argv: readonly string[], options = {}): Promise<Record<string, unknown>> =>
  JSON.parse((await cli([...argv, '--json'], options)).stdout);

/** Embeddings of the letters of each text, by any model that is named. */
async function startModel() {
  const { baseUrl, calls } = await startEmbeddingServer((each) => [
    each.length / 100,
    each.charCodeAt(0) / 2_000,
    0.5,
  ]);
  const env = (model: string) => ({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: baseUrl,
    OPENAI_EMBEDDING_MODEL: model,
  });
  return { calls, env };
}

test('the status tells of every source, in the owner’s language where it failed', async () => {
  await writeFile(join(folder, 'broken.pdf'), '%PDF-1.7');
  await writeFile(join(folder, 'bomb.docx'), 'PK\x03\x04');
  expect((await cli(['kb', 'sync', folder])).exitCode).toBe(1);
  const { exitCode, stdout } = await cli(['kb', 'status']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/shop\/broken\.pdf +pdf +failed/);
  expect(stdout).toMatch(/shop\/item-7632548911\/bike\.md +markdown +synced .* 7632548911/);
  expect(stdout).toMatch(/Файл повреждён и не открывается/);
  await rm(join(folder, 'broken.pdf'));
  await rm(join(folder, 'bomb.docx'));
  await cli(['kb', 'sync', folder]);
  expect((await cli(['kb', 'status'])).exitCode).toBe(0);
});

test.each([
  ['of the own network', 'http://127.0.0.1:1/secret', 'knowledge.url-forbidden'],
  ['of this machine by its name', 'http://localhost/prices', 'knowledge.url-forbidden'],
  ['that is none of the web', 'ftp://shop.example/prices.csv', 'knowledge.url-bad'],
  ['of a file', 'file:///srv/shop/prices.csv', 'knowledge.url-bad'],
])('an address %s is refused before it becomes a source', async (_, url, code) => {
  const { exitCode, stderr } = await cli(['kb', 'sync', folder, url]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(code);
  expect(stderr).toMatch(/private network|only addresses that start with http/);
  expect(await json(['kb', 'status'])).toMatchObject({ sources: [] });
});

test('an address that cannot be read is a source that says so, and can be removed', async () => {
  const url = 'http://shop.invalid/prices';
  const { exitCode, stdout } = await cli(['kb', 'sync', url, '--every', '24']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/knowledge\.url-unreachable/);
  expect(await json(['kb', 'status'])).toMatchObject({
    sources: [
      {
        sourceKey: url,
        kind: 'url',
        everyMinutes: 1_440,
        error: { code: 'knowledge.url-unreachable', ownerText: expect.stringMatching(/недоступен/) },
      },
    ],
  });
  expect(await json(['kb', 'remove', url])).toMatchObject({ removed: 1, unknown: [] });
});

test.each(['0', '8761', '99999999999', 'daily'])('a rhythm of %s hours is refused', async (hours) => {
  const { exitCode, stderr } = await cli(['kb', 'sync', 'https://shop.example/', '--every', hours]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--every <hours>.*8760/);
});

test('an address with a password is refused before it becomes a source', async () => {
  const before = await json(['kb', 'status']);
  const { exitCode, stderr } = await cli(['kb', 'sync', 'https://user:password@shop.example/prices']);
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/knowledge\.url-bad/);
  expect(stderr).not.toContain('password@');
  expect(await json(['kb', 'status'])).toEqual(before);
});

test('what belongs to a listing is not found for others', async () => {
  await cli(['kb', 'sync', folder]);
  expect((await cli(['kb', 'search', 'какая рама'])).exitCode).toBe(1);
});

test('the report shows contradicting prices with both places', async () => {
  await cli(['kb', 'sync', folder]);
  const { stdout } = await cli(['kb', 'report']);
  expect(stdout).toMatch(/contradicting price: 490 and 590|contradicting price: 590 and 490/);
  expect(stdout).toMatch(/shop\/delivery\.md: Доставка в Казань стоит 490 рублей\./);
  expect(await json(['kb', 'report'])).toMatchObject({ chunks: 3, contradictions: [{ kind: 'price' }] });
});

test('an unchanged base asks the model nothing; another model is filled beside the old one and then serves', async () => {
  const { calls, env } = await startModel();
  await cli(['kb', 'sync', folder], { env: env('first') });
  expect(calls).toEqual(['first']);
  await cli(['kb', 'sync', folder], { env: env('first') });
  await cli(['kb', 'sync', folder], { env: env('second') });
  expect(calls).toEqual(['first']);
  await cli(['kb', 'search', 'доставка'], { env: env('second') });
  expect(calls).toEqual(['first', 'first']);

  expect((await cli(['kb', 'spaces'], { env: env('second') })).stderr).toMatch(/kb reembed/);
  await cli(['kb', 'reembed', '--no-switch'], { env: env('second') });
  const spaces = async () => (await json(['kb', 'spaces']))['spaces'];
  expect(await spaces()).toMatchObject([
    { key: 'first|native|none', vectors: 3, isActive: true },
    { key: 'second|native|none', vectors: 3, missing: 0, isActive: false },
  ]);
  expect((await cli(['kb', 'switch', 'second|native|none'])).exitCode).toBe(0);
  expect((await cli(['kb', 'drop-space', 'second|native|none'])).stderr).toMatch(/database\.space-in-use/);
  expect(await json(['kb', 'drop-space', 'first|native|none'])).toMatchObject({ dropped: 3 });
  expect(await spaces()).toMatchObject([{ key: 'second|native|none', isActive: true }]);
});

async function filesOf(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const files = names.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file.slice(path.length), await readFile(file, 'utf8')] as const),
    ),
  );
}

test('an export gives the same base elsewhere, and the same bytes again', async () => {
  const { env } = await startModel();
  await cli(['kb', 'sync', folder], { env: env('first') });
  await cli(['kb', 'sync', 'http://shop.invalid/page', '--every', '2']);
  const [first, second] = [join(folder, '..', 'one'), join(folder, '..', 'two')];
  await cli(['kb', 'export', first]);
  const other = account + 1;
  expect(await json(['kb', 'import', first], { of: other })).toMatchObject({
    documents: 3,
    chunks: 3,
    vectors: 3,
  });
  await cli(['kb', 'export', second], { of: other });
  expect(await filesOf(second)).toEqual(await filesOf(first));
  expect(Object.keys(await filesOf(first))).toHaveLength(7);
  expect((await cli(['kb', 'search', 'доставка в Казань'], { of: other })).exitCode).toBe(0);
  expect(await json(['kb', 'spaces'], { of: other })).toMatchObject({ spaces: [{ isActive: true }] });
  // Unchanged sources stay unchanged after the move.
  expect(await json(['kb', 'sync', folder], { of: other })).toMatchObject({ unchanged: 3, updated: 0 });
});

test('what tuning found goes with the base, and goes from a base that becomes one that nobody tuned', async () => {
  const pool = createPool({ url: inject('databaseUrl'), max: 1, logger: silentLogger });
  const { retrievalSettings, answerThresholds } = createKnowledgeRepositories(pool);
  const [plain, tuned] = [join(folder, '..', 'plain'), join(folder, '..', 'tuned')];
  const other = account + 1;
  const found = { minConfidence: 0.4, unknownShare: undefined, confidenceVersion: 7 };
  const weights = { dense: 2, lexical: 0.5 };
  const settingsOf = async (accountId: number) => [
    await retrievalSettings.weightsOf({ accountId }),
    await answerThresholds.find({ accountId }),
  ];
  await cli(['kb', 'sync', folder]);
  await cli(['kb', 'export', plain]);
  await retrievalSettings.saveWeights({ accountId: account, weights });
  await answerThresholds.save({ accountId: account, thresholds: found });
  await cli(['kb', 'export', tuned]);
  await cli(['kb', 'import', tuned], { of: other });
  expect(await settingsOf(other)).toEqual([weights, found]);
  await cli(['kb', 'import', plain], { of: other });
  expect(await settingsOf(other)).toEqual([weights, found]);
  await cli(['kb', 'import', plain, '--replace'], { of: other });
  expect(await settingsOf(other)).toEqual([undefined, undefined]);
  await pool.end();
});

test('a file under another name keeps its vectors', async () => {
  const { env, calls } = await startModel();
  await cli(['kb', 'sync', folder], { env: env('first') });
  const before = calls.length;
  await rename(join(folder, 'delivery.md'), join(folder, 'доставка.md'));
  expect(await json(['kb', 'sync', folder], { env: env('first') })).toMatchObject({
    added: 0,
    updated: 1,
    removed: 0,
    embedded: 0,
  });
  expect(calls).toHaveLength(before);
  expect(await json(['kb', 'spaces'])).toMatchObject({ spaces: [{ vectors: 3, missing: 0 }] });
});

test('an export with a fault changes nothing', async () => {
  await cli(['kb', 'sync', folder]);
  const good = join(folder, '..', 'good');
  await cli(['kb', 'export', good]);
  const [name = ''] = await readdir(join(good, 'documents'));
  const broken = join(folder, '..', 'broken');
  await cp(good, broken, { recursive: true });
  const file = join(broken, 'documents', name);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"content"', '"contents"'));
  const other = account + 2;
  const { exitCode, stderr } = await cli(['kb', 'import', broken], { of: other });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/knowledge\.bad-export: documents\/.*nothing was imported/);
  expect(await json(['kb', 'list'], { of: other })).toMatchObject({ documents: [] });
  expect(await cli(['kb', 'export', folder])).toMatchObject({ exitCode: 2 });
});

test('a folder is not read by a schedule, and is told so before anything is read', async () => {
  const { exitCode, stderr } = await cli(['kb', 'sync', folder, '--every', '24']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--every is for addresses/);
  expect((await cli(['kb', 'list'])).stdout).toMatch(/has no knowledge base yet/);
});

test('an export onto a file is refused with the reason', async () => {
  await cli(['kb', 'sync', folder]);
  const { exitCode, stderr } = await cli(['kb', 'export', join(folder, 'delivery.md')]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/knowledge\.bad-folder: .*delivery\.md cannot be made .*choose an empty folder/);
});
