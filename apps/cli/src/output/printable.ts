import { inspect, type styleText } from 'node:util';

/** What our own output is styled with; nothing that hides letters. */
const styles = [
  'bold',
  'gray',
  'red',
  'yellow',
  'green',
  'cyan',
  'blue',
  'magenta',
] as const satisfies Extract<Parameters<typeof styleText>[0], string>[];
export type Style = (typeof styles)[number];

const ESCAPE = '\u001b';
const ours = new Set(
  styles.flatMap((style) => inspect.colors[style] ?? []).map((code) => `${ESCAPE}[${code}m`),
);

// A sequence of ours, or any other control than the tab and the end of a line.
const CONTROLS = new RegExp(String.raw`${ESCAPE}\[\d+m|\r(?!\n)|[^\P{Cc}\t\n\r]`, 'gu');

/** The Unicode picture of a control: `␛` of ESC. */
function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
}

/**
 * The text with its controls made visible: what buyers, sites and models wrote may retitle a terminal, write into its
 * clipboard or hide lines of it. Colours of ours stay.
 */
export const printable = (text: string): string =>
  text.replaceAll(CONTROLS, (found) => (ours.has(found) ? found : `${pictureOf(found)}${found.slice(1)}`));
