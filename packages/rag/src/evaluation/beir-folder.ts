import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';

export type BeirFolder = {
  documents: { id: string; text: string }[];
  queries: { id: string; text: string; relevant: Map<string, number> }[];
  /** Judged documents that the corpus does not have. */
  unknownDocuments: number;
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
  const file = join(folder, 'qrels', 'test.tsv');
  const [, ...judgements] = await readLines(file);
  for (const [index, judgement] of judgements.entries()) {
    const [queryId = '', documentId = '', gain = '1'] = judgement.split('\t');
    if (documentId === '' || gain.trim() === '' || !Number.isFinite(Number(gain))) {
      throw badFolder(
        // The first line names the columns.
        `${file}, line ${index + 2}: the id of a query, the id of a document and a number are expected, with tabs between`,
      );
    }
    const ofQuery = relevant.get(queryId) ?? new Map<string, number>();
    relevant.set(queryId, ofQuery.set(documentId, Number(gain)));
  }
  const judged = queries.flatMap((query) => {
    const ofQuery = relevant.get(query.id);
    return ofQuery === undefined ? [] : [{ ...query, relevant: ofQuery }];
  });
  if (judged.length === 0) throw badFolder(`${file} judges no query of queries.jsonl`);
  const known = new Set(documents.map(({ id }) => id));
  const wanted = new Set(judged.flatMap((query) => [...query.relevant.keys()]));
  return {
    documents,
    queries: judged,
    unknownDocuments: [...wanted].filter((id) => !known.has(id)).length,
  };
}

const badFolder = (message: string, cause?: unknown) =>
  new AppError(message, { code: 'eval.bad-folder', cause });

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw badFolder(
      `${file} cannot be read: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv`,
      cause,
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
      throw badFolder(`${file}, line ${index + 1}: an object with "_id" and "text" is expected`, cause);
    }
  });
}
