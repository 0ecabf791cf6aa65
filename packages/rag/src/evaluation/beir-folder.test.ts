import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBeirFolder } from './beir-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beir-'));
  await mkdir(join(folder, 'qrels'));
  await writeFile(join(folder, 'corpus.jsonl'), '{"_id":"d1","title":"Не читать","text":"Один"}\n');
  await writeFile(join(folder, 'queries.jsonl'), '{"_id":"q1","text":"Что?"}\n{"_id":"q2","text":"Где?"}\n');
  await writeFile(join(folder, 'qrels', 'test.tsv'), 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\n');
});
afterEach(() => rm(folder, { recursive: true }));

test('documents come without titles, queries only when they are judged', async () => {
  const relevant = new Map([
    ['d1', 2],
    ['d2', 1],
  ]);
  expect(await readBeirFolder(folder)).toEqual({
    documents: [{ id: 'd1', text: 'Один' }],
    queries: [{ id: 'q1', text: 'Что?', relevant }],
    unknownDocuments: 1,
  });
});

test('a missing file and a broken line are named', async () => {
  await writeFile(join(folder, 'corpus.jsonl'), '{"_id":"d1","text":"Один"}\n{oops\n');
  await expect(readBeirFolder(folder)).rejects.toMatchObject({
    code: 'eval.bad-folder',
    message: expect.stringContaining('corpus.jsonl, line 2'),
  });
  await expect(readBeirFolder(join(folder, 'no'))).rejects.toMatchObject({ code: 'eval.bad-folder' });
});

test.each([
  ['q1\td1\t1\nq1 d2 1\n', 'line 3'],
  ['q1\td1\tgood\n', 'line 2'],
  ['q9\td1\t1\n', 'judges no query'],
])('judgements that say nothing are no zeros: %j', async (lines, problem) => {
  await writeFile(join(folder, 'qrels', 'test.tsv'), `query-id\tcorpus-id\tscore\n${lines}`);
  await expect(readBeirFolder(folder)).rejects.toMatchObject({
    code: 'eval.bad-folder',
    message: expect.stringContaining(problem),
  });
});
