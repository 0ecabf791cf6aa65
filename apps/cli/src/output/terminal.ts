import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { printableJson } from '@avito-autoreply/runtime';
import { printable, type Style } from './printable.ts';

/**
 * Where a command's results go. Human text and JSON never mix: with `--json` only the object is printed. Whatever the
 * texts hold, nothing in them steers the terminal.
 */
export type Terminal = {
  /** A line for people; silent with `--json`. */
  line: (text?: string) => void;
  /** The result for programs; silent without `--json`. */
  json: (value: unknown) => void;
  /** A remark beside the result, on standard error. */
  note: (text: string) => void;
  style: (style: Style, text: string) => string;
  /** True when a bar may be drawn. */
  isInteractive: boolean;
};

type Stream = Writable & { isTTY?: boolean };
/** Where a command writes: the process's own streams, other than in tests. */
export type Output = { stdout: Stream; stderr: Stream };

export function createTerminal({ stdout, stderr, isJson }: Output & { isJson: boolean }): Terminal {
  return {
    line: (text = '') => {
      if (!isJson) stdout.write(`${printable(text)}\n`);
    },
    json: (value) => {
      if (isJson) stdout.write(`${printableJson(value, 2)}\n`);
    },
    note: (text) => void stderr.write(`${printable(text)}\n`),
    // Without a terminal, or with NO_COLOR, styleText leaves the text as it is.
    style: (style, text) => styleText(style, text, { stream: stdout, validateStream: true }),
    isInteractive: !isJson && stderr.isTTY === true,
  };
}
