import { formatNumber } from './number-format.ts';
import { plain, type RichText } from './rich-text.ts';
import type { CellStyle } from './styles.ts';

/** What a file says of a cell. */
export type RawCell = {
  /** `t`: how the value is meant. */
  type: string;
  /** Undefined where there is none. */
  value: string | undefined;
  /** A text that stands in the cell itself. */
  inline: RichText | undefined;
  style: CellStyle;
};

type Shown = {
  strings: readonly RichText[];
  isFrom1904: boolean;
};

/** Of a formula that went wrong, also where somebody pasted its value. */
const ERROR =
  /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|Н\/Д|ССЫЛКА!|ДЕЛ\/0!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!)$/u;
/** A format by which nothing is shown. */
const INVISIBLE = /^\s*;\s*;\s*;\s*$/;

/** A cell as whoever looks at the sheet reads it; empty for errors, and for what is struck out: it was so. */
export function cellText(cell: RawCell, shown: Shown): string {
  if (INVISIBLE.test(cell.style.format)) return '';
  const text = textOf(cell, shown);
  return ERROR.test(text.trim()) ? '' : text;
}

function textOf({ type, value = '', inline, style }: RawCell, { strings, isFrom1904 }: Shown): string {
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
        ? formatNumber(number, { code: style.format, isFrom1904 })
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
