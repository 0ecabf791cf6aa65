import { expect, test } from 'vitest';
import { captureOutput } from '../testing/capture-output.ts';
import { createProgress } from './progress.ts';
import { createTerminal } from './terminal.ts';

test('no bar is drawn where nobody watches', () => {
  const { output, stdout, stderr } = captureOutput();
  const progress = createProgress({ terminal: createTerminal({ ...output, isJson: false }) });
  progress.update({ done: 1, total: 2, stage: 'reading' });
  progress.stop();
  expect(stdout() + stderr()).toBe('');
});
