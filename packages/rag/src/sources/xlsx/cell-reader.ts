import type { Attributes } from '../office-xml.ts';
import { createRichText, type RichText } from './rich-text.ts';

/** What a file says of a cell. */
export type ReadCell = {
  /** `t`: how the value is meant. */
  type: string;
  /** `s`: the place of its style. */
  style: number;
  /** Undefined where there is none. */
  value: string | undefined;
  formula: string | undefined;
  /** A text that stands in the cell itself. */
  inline: RichText | undefined;
};

/** Collects a cell from `c` to its end; elements and texts are handed to it as they come, by their names without prefixes. */
export function createCellReader() {
  const rich = createRichText();
  let cell: ReadCell | undefined;
  let part: 'value' | 'formula' | 'inline' | undefined;
  return {
    isOpen: () => cell !== undefined,
    start: ({ t: type = '', s: style = '0' }: Attributes): void => {
      cell = { type, style: Number(style), value: undefined, formula: undefined, inline: undefined };
      part = undefined;
    },
    open: (name: string, attributes: Attributes): void => {
      if (cell === undefined) return;
      if (name === 'is') part = 'inline';
      if (part === 'inline') rich.open(name, attributes);
      else if (name === 'v') {
        part = 'value';
        cell.value = '';
      } else if (name === 'f') {
        part = 'formula';
        cell.formula = '';
      }
    },
    text: (text: string): void => {
      if (part === 'inline') rich.text(text);
      else if (cell !== undefined && part !== undefined) cell[part] = (cell[part] ?? '') + text;
    },
    close: (name: string): void => {
      if (part === 'inline') {
        rich.close(name);
        if (name === 'is' && cell !== undefined) cell.inline = rich.take();
      }
      if (name === 'is' || name === 'v' || name === 'f') part = undefined;
    },
    /** The cell, when `c` has ended. */
    end: (): ReadCell | undefined => {
      const ended = cell;
      cell = undefined;
      part = undefined;
      return ended;
    },
  };
}
