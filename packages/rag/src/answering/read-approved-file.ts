import { AppError } from '@avito-autoreply/runtime';
import { warningsOf } from '../knowledge/warnings-of.ts';
import { decodeText } from '../sources/decode-text.ts';
import { createFileParser } from '../sources/file-parser.ts';
import { NO_PAIRS, parsePairs } from '../sources/pairs.ts';
import type { IncompletePair, ParsedSource, PlacedPair, Section, Warning } from '../sources/source.ts';
import { trueKind } from '../sources/true-kind.ts';
import { badPair, readApprovedPair, type ReadyPair } from './approved-pair.ts';

export type ApprovedFile = {
  pairs: ReadyPair[];
  incomplete: readonly IncompletePair[];
  /** What else of the file was not read. */
  warnings: readonly Warning[];
};

/**
 * Pairs from CSV with a header row, from JSON, or from all sheets of an Excel table. One that cannot be used refuses the file, and is
 * named; so do two that answer one question differently. Those that lack a question or an answer are left out and named. Throws also
 * what reading such a file throws: `knowledge.*`.
 */
export async function readApprovedFile(bytes: Uint8Array): Promise<ApprovedFile> {
  const { pairs, incomplete, warnings } = await readPairs(bytes);
  const named = (index: number) => nameOf(pairs[index], index);
  const ready = pairs.map((pair, index) => {
    try {
      return readApprovedPair(pair);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw badPair(`${named(index)}: ${error.message}`);
    }
  });
  const firstOf = new Map<string, number>();
  for (const [index, { folded, answer }] of ready.entries()) {
    const first = firstOf.get(folded) ?? index;
    firstOf.set(folded, first);
    if (ready[first]?.answer !== answer) {
      throw badPair(
        `${named(first)} and ${named(index)} answer the same question differently: keep one, or say in the questions what makes the difference`,
      );
    }
  }
  return { pairs: ready, incomplete, warnings };
}

function nameOf(pair: PlacedPair | undefined, index: number): string {
  const sheet = pair?.headings?.join(' > ') ?? '';
  return `pair ${index + 1} („${pair?.question.slice(0, 60) ?? ''}“${sheet === '' ? '' : ` of „${sheet}“`})`;
}

type ReadPairs = { pairs: readonly PlacedPair[]; incomplete: readonly IncompletePair[]; warnings: Warning[] };

async function readPairs(bytes: Uint8Array): Promise<ReadPairs> {
  const kind = trueKind({ bytes, named: 'table' });
  if (kind === 'table') return { ...parsePairs(decodeText(bytes)), warnings: [] };
  if (kind !== 'xlsx') {
    throw new AppError(`${NO_PAIRS}, in a file that is saved as .xlsx, CSV or JSON`, {
      code: 'knowledge.bad-csv',
    });
  }
  const parser = createFileParser();
  try {
    return pairsOfWorkbook(await parser.parse({ key: '', name: '', kind, bytes }));
  } finally {
    await parser.close();
  }
}

function pairsOfWorkbook({ incomplete = [], ...parsed }: ParsedSource): ReadPairs {
  const { pairs, sections } = parsed;
  if (pairs.length === 0 && incomplete.length === 0)
    throw new AppError(NO_PAIRS, { code: 'knowledge.bad-csv' });
  return { pairs, incomplete, warnings: [...warningsOf(parsed), ...otherTables(sections)] };
}

function otherTables(sections: readonly Section[]): Warning[] {
  if (sections.length === 0) return [];
  const names = [...new Set(sections.map(({ headings: [sheet = ''] }) => sheet))].filter(
    (name) => name !== '',
  );
  const where = names.length === 0 ? '' : `: ${names.map((name) => `„${name}“`).join(', ')}`;
  return [
    {
      code: 'answering.other-tables',
      message: `tables without the columns „question“ and „answer“ (or „вопрос“ and „ответ“) are left out${where}`,
    },
  ];
}
