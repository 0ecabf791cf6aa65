import { loadavg } from 'node:os';
import type { Report, Target } from './suite.ts';
import { rounded } from './timing.ts';

/** Prints as it goes; `failed` counts the targets that were missed. */
export function createReport(write: (line: string) => void): Report & { failed: () => number } {
  let failed = 0;
  return {
    failed: () => failed,
    note: (text) => write(`  ${text}`),
    table: (title, rows) => {
      write(
        `\n${title} (load ${loadavg()
          .map((load) => rounded(load))
          .join(', ')})`,
      );
      const columns = Object.keys(rows[0] ?? {});
      const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
      const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
      for (const line of lines)
        write(`  ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
    },
    target: (target) => {
      const isMet = isWithin(target);
      if (!isMet) failed += 1;
      write(`  ${isMet ? 'met   ' : 'MISSED'} ${describe(target)}`);
    },
  };
}

const isWithin = ({ value, least = -Infinity, most = Infinity }: Target) => value >= least && value <= most;

function describe({ what, value, least, most, unit = '' }: Target): string {
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
  return `${what}: ${rounded(value, 3)} ${unit} (${bound})`.replaceAll(/ +/g, ' ');
}
