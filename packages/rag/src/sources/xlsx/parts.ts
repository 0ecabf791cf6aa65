import { AppError } from '@avito-autoreply/runtime';
import { decodeText } from '../decode-text.ts';
import { type Attributes, readXml } from '../office-xml.ts';
import type { Zip } from '../zip.ts';

/** Names of elements without the prefix that some programs give all of them: `x:row` is `row`. */
export const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Of an attribute such as `hidden`. */
export const isOn = (value: string | undefined) => value === '1' || value === 'true' || value === 'on';

/** Where a part leads to; `isOutside` is never read. */
export type Relation = { id: string; type: string; target: string; isOutside: boolean };

/** The XML of a part; UTF-8 or UTF-16, as its first bytes say. */
export function xmlOf(zip: Zip, part: string): string | undefined {
  const bytes = zip.read(part);
  if (bytes === undefined) return undefined;
  try {
    return decodeText(bytes);
  } catch (cause) {
    throw broken(`its part ${part} is no text`, cause);
  }
}

/** What the part refers to, with the targets that lie in the file as names of its parts. */
export function relationsOf(zip: Zip, part: string): Relation[] {
  const at = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, at);
  const relations: Relation[] = [];
  readXml(xmlOf(zip, `${folder}_rels/${part.slice(at)}.rels`) ?? '', {
    open: (name, { Id = '', Type = '', Target = '', TargetMode = '' }) => {
      if (localName(name) !== 'Relationship') return;
      const isOutside = TargetMode.toLowerCase() === 'external';
      relations.push({
        id: Id,
        type: Type.slice(Type.lastIndexOf('/') + 1),
        target: isOutside ? Target : partAt(folder, Target),
        isOutside,
      });
    },
  });
  return relations;
}

/** „/xl/styles.xml“, „styles.xml“ and „../styles.xml“ are names of the same part, by who writes them. */
function partAt(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const names: string[] = [];
  for (const name of (path.startsWith('/') ? path : `${folder}${path}`).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}

/** Of `r:id`, whatever the prefix. */
export const relationId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

export const broken = (problem: string, cause?: unknown) =>
  new AppError(`the workbook is broken: ${problem}`, { code: 'knowledge.broken-file', cause });
