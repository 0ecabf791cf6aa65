import { expect, test } from 'vitest';
import { captureOutput } from '../testing/capture-output.ts';
import { createTerminal } from './terminal.ts';

// A title, a clipboard (OSC 52), a cleared screen, hidden letters, an overwritten line, and the same by one-byte controls.
const STEERING = [
  '\u001b]0;title\u0007',
  '\u001b]52;c;cm0=\u0007',
  '\u001b[2J',
  '\u001b[8m',
  'before\rafter',
  'x\b',
  '\u009b31m',
  '\u007f',
  '\u0000',
];
const CONTROLS = /[^\P{Cc}\n]/u;

test.each(STEERING)('what a buyer wrote does not steer the terminal: %j', (text) => {
  const { output, stdout, stderr } = captureOutput();
  const terminal = createTerminal({ ...output, isJson: false });
  terminal.line(`Есть ${text} чек?`);
  terminal.note(text);
  expect(stdout()).toContain('Есть ');
  expect(stdout()).not.toMatch(CONTROLS);
  expect(stderr()).not.toMatch(CONTROLS);
});

test.each(STEERING)('JSON steers it no more, and holds the text as it is: %j', (text) => {
  const { output, stdout } = captureOutput();
  createTerminal({ ...output, isJson: true }).json({ text });
  expect(stdout()).not.toMatch(CONTROLS);
  expect(JSON.parse(stdout())).toEqual({ text });
});

test('line ends, columns and our own colours stay', () => {
  const { output, stdout } = captureOutput();
  output.stdout.isTTY = true;
  const terminal = createTerminal({ ...output, isJson: false });
  const green = '\u001b[32mда\u001b[39m';
  terminal.line(`a\tb\r\nc\n${green}`);
  expect(stdout()).toBe(`a\tb\r\nc\n${green}\n`);
});

test('a control is shown by its picture', () => {
  const { output, stdout } = captureOutput();
  createTerminal({ ...output, isJson: false }).line('\u001b[2J\u007f\u009b');
  expect(stdout()).toBe('␛[2J␡�\n');
});
