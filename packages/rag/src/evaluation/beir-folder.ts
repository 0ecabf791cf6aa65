import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';

export type BeirFolder = {
  documents: { id: string; text: string }[];
  queries: { id: string; text: string; relevant: Map<string, number> }[];
};

const line = z.object({ _id: z.coerce.string(), text: z.string() });

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`; only queries that are judged are kept. Titles are left
 * out, as in the published figures. Throws `eval.bad-folder` with the file and the line.
 */
export async function readBeirFolder(folder: string): Promise<BeirFolder> {
  const documents = await readJsonLines(join(folder, 'corpus.jsonl'));
  const queries = await readJsonLines(join(folder, 'queries.jsonl'));
  const relevant = new Map<string, Map<string, number>>();
  const [, ...judgements] = await readLines(join(folder, 'qrels', 'test.tsv'));
  for (const judgement of judgements) {
    const [queryId = '', documentId = '', gain] = judgement.split('\t');
    const ofQuery = relevant.get(queryId) ?? new Map<string, number>();
    relevant.set(queryId, ofQuery.set(documentId, Number(gain ?? 1)));
  }
  return {
    documents,
    queries: queries.flatMap((query) => {
      const ofQuery = relevant.get(query.id);
      return ofQuery === undefined ? [] : [{ ...query, relevant: ofQuery }];
    }),
  };
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError(
      `${file} cannot be read: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv`,
      { code: 'eval.bad-folder', cause },
    );
  });
  return text.split(/\r?\n/).filter((entry) => entry !== '');
}

async function readJsonLines(file: string): Promise<{ id: string; text: string }[]> {
  return (await readLines(file)).map((entry, index) => {
    try {
      const { _id: id, text } = line.parse(JSON.parse(entry));
      return { id, text };
    } catch (cause) {
      throw new AppError(`${file}, line ${index + 1}: an object with "_id" and "text" is expected`, {
        code: 'eval.bad-folder',
        cause,
      });
    }
  });
}
