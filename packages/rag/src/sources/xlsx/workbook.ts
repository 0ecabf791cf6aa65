import { AppError } from '@avito-autoreply/runtime';
import { readXml } from '../office-xml.ts';
import type { Zip } from '../zip.ts';
import { broken, isOn, localName, type Relation, relationId, relationsOf, xmlOf } from './parts.ts';

export type Workbook = {
  /** Those that are shown, in their order. */
  sheets: readonly { name: string; part: string }[];
  strings: string | undefined;
  styles: string | undefined;
  isFrom1904: boolean;
  /** Values of formulas may be stand-ins: whoever opens it next is asked to calculate them all. */
  isUncalculated: boolean;
};

const USUAL = 'xl/workbook.xml';

/** What a workbook holds, and where. Throws `knowledge.broken-file`, `knowledge.is-spreadsheet` for a binary one. */
export function readWorkbook(zip: Zip): Workbook {
  const main = relationsOf(zip, '').find(({ type, isOutside }) => type === 'officeDocument' && !isOutside);
  const part = main?.target ?? USUAL;
  if (part.endsWith('.bin')) {
    throw new AppError('this is a binary Excel table (.xlsb): save it as .xlsx', {
      code: 'knowledge.is-spreadsheet',
    });
  }
  const xml = xmlOf(zip, part);
  if (xml === undefined) throw broken('it holds no list of sheets');
  const relations = relationsOf(zip, part);
  const inside = (type: string) =>
    relations.find((relation) => relation.type === type && !relation.isOutside)?.target;
  const sheets: Workbook['sheets'][number][] = [];
  let isFrom1904 = false;
  let isUncalculated = false;
  readXml(xml, {
    open: (name, attributes) => {
      if (localName(name) === 'workbookPr') isFrom1904 = isOn(attributes['date1904']);
      if (localName(name) === 'calcPr') isUncalculated = isOn(attributes['fullCalcOnLoad']);
      if (localName(name) !== 'sheet' || /hidden/i.test(attributes['state'] ?? '')) return;
      const found = worksheetOf(relations, relationId(attributes));
      if (found !== undefined) sheets.push({ name: attributes['name'] ?? '', part: found });
    },
  });
  return { sheets, strings: inside('sharedStrings'), styles: inside('styles'), isFrom1904, isUncalculated };
}

/** A sheet may be of nothing but a chart, or lie in another file. */
function worksheetOf(relations: readonly Relation[], id: string): string | undefined {
  const relation = relations.find((each) => each.id === id);
  return relation?.type === 'worksheet' && !relation.isOutside ? relation.target : undefined;
}
