import type { AppError } from '@avito-autoreply/runtime';

/** One entry of a file with the line on which it begins. */
export type Entry = { value: unknown; line: number };

/** The entries of JSON lines, or of one JSON document that may stand on many lines: an array's elements, or the value. */
export function readEntries(
  text: string,
  { onProblem }: { onProblem: (line: number, what: string) => AppError },
): Entry[] {
  const source = text.replace(/^\uFEFF/, '');
  if (isOneDocument(source)) {
    const value: unknown = parse(source, (offset) => onProblem(lineAt(source, offset), 'is no JSON'));
    if (!Array.isArray(value)) return [{ value, line: 1 }];
    const starts = elementOffsets(source);
    return value.map((element: unknown, index) => ({
      value: element,
      line: lineAt(source, starts[index] ?? 0),
    }));
  }
  return source.split('\n').flatMap((entry, index) => {
    const trimmed = entry.trim();
    if (trimmed === '') return [];
    const problem = () => onProblem(index + 1, 'is no JSON: one object per line is expected');
    return [{ value: parse(trimmed, problem), line: index + 1 }];
  });
}

/** JSON lines begin with a line that is complete by itself. */
function isOneDocument(text: string): boolean {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('[')) return true;
  const [first = ''] = trimmed.split('\n');
  return trimmed.startsWith('{') && !first.trimEnd().endsWith('}');
}

function parse(text: string, problem: (offset: number) => AppError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const offset = /position (\d+)/.exec(String(error))?.[1];
    throw problem(offset === undefined ? text.length : Number(offset));
  }
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Where the elements of a JSON array begin. The text is known to be valid. */
function elementOffsets(text: string): number[] {
  const offsets: number[] = [];
  let depth = 0;
  let isAwaited = false;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]|[^\s[\]{},":]+/g)) {
    if (isAwaited && depth === 1 && token !== ']') offsets.push(index);
    isAwaited = depth === 1 && token === ',';
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (token === '[' && depth === 1) isAwaited = true;
  }
  return offsets;
}
