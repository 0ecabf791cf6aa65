import type { ReadCell } from './cell-reader.ts';
import { showsNothing } from './format-code.ts';
import { formatNumber } from './number-format.ts';
import { plain, type RichText } from './rich-text.ts';
import type { CellStyle } from './styles.ts';

type StyledCell = Omit<ReadCell, 'style' | 'formula'> & { style: CellStyle };

type Shown = {
  strings: readonly RichText[];
  isFrom1904: boolean;
};

/** Of a formula that went wrong, also where somebody pasted its value. */
const ERROR =
  /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|Н\/Д|ССЫЛКА!|ДЕЛ\/0!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!)$/u;

/** A cell as whoever looks at the sheet reads it; empty for errors, and for what is struck out: it was so. */
export function cellText(cell: StyledCell, shown: Shown): string {
  if (showsNothing(cell.style.format)) return '';
  const text = textOf(cell, shown);
  return ERROR.test(text.trim()) ? '' : text;
}

function textOf({ type, value = '', inline, style }: StyledCell, { strings, isFrom1904 }: Shown): string {
  const rich = type === 's' ? strings[Number(value)] : inline;
  if (rich !== undefined) return style.isStruck ? rich.whereStruck : rich.text;
  if (style.isStruck || value.trim() === '') return '';
  switch (type) {
    case 's':
    case 'e':
      return '';
    case 'b':
      return value.trim() === '1' || value.trim().toLowerCase() === 'true' ? 'да' : 'нет';
    case 'd':
      return momentText(value.trim());
    case '':
    case 'n': {
      const number = Number(value);
      return Number.isFinite(number)
        ? formatNumber(number, { sections: style.format, isFrom1904 })
        : plain(value);
    }
    default:
      return plain(value);
  }
}

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?)?$/;

/** „2026-11-05T18:00:00“ */
function momentText(value: string): string {
  const [, year, month, day, time = '00:00'] = MOMENT.exec(value) ?? [];
  if (year === undefined) return plain(value);
  return `${day}.${month}.${year}${time === '00:00' ? '' : ` ${time}`}`;
}
