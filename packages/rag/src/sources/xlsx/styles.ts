import { readXml } from '../office-xml.ts';
import { type FormatSection, formatSections } from './format-code.ts';
import { isOn, localName } from './parts.ts';

/** Of a cell, by the number that it refers to. */
export type CellStyle = { format: readonly FormatSection[]; isStruck: boolean; isBold: boolean };

export const PLAIN: CellStyle = { format: formatSections('General'), isStruck: false, isBold: false };

// ECMA-376, 18.8.30, as a Russian Excel shows them; 5 to 8, 42 and 44 are money of whoever looks.
const BUILT_IN: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '#,##0 "₽"',
  6: '#,##0 "₽"',
  7: '#,##0.00 "₽"',
  8: '#,##0.00 "₽"',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'dd.mm.yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'dd.mm.yyyy h:mm',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  41: '#,##0;-#,##0;"-"',
  42: '#,##0 "₽";-#,##0 "₽";"-"',
  43: '#,##0.00;-#,##0.00;"-"',
  44: '#,##0.00 "₽";-#,##0.00 "₽";"-"',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
  48: '##0.0E+0',
  49: '@',
};

/** How cells look, as far as it says what they mean. */
export function readStyles(xml: string): CellStyle[] {
  const formats = new Map(Object.entries(BUILT_IN).map(([id, code]) => [Number(id), formatSections(code)]));
  const fonts: { isStruck: boolean; isBold: boolean }[] = [];
  const styles: CellStyle[] = [];
  // Fonts stand in other lists as well, of what a condition changes.
  let list = '';
  readXml(xml, {
    open: (name, attributes) => {
      const local = localName(name);
      if (local === 'fonts' || local === 'cellXfs' || local === 'dxfs' || local === 'cellStyleXfs')
        list = local;
      if (local === 'numFmt' && list !== 'dxfs')
        formats.set(Number(attributes['numFmtId']), formatSections(attributes['formatCode'] ?? ''));
      if (list === 'fonts') {
        const font = fonts.at(-1);
        if (local === 'font') fonts.push({ isStruck: false, isBold: false });
        else if (local === 'strike' && font !== undefined) font.isStruck = isOn(attributes['val'] ?? '1');
        else if (local === 'b' && font !== undefined) font.isBold = isOn(attributes['val'] ?? '1');
      }
      if (list === 'cellXfs' && local === 'xf') {
        const font = fonts[Number(attributes['fontId'] ?? 0)];
        const format = formats.get(Number(attributes['numFmtId'] ?? 0)) ?? PLAIN.format;
        styles.push({ ...PLAIN, ...font, format });
      }
    },
    close: (name) => {
      if (localName(name) === list) list = '';
    },
  });
  return styles;
}
