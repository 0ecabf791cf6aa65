import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.ts';

export type Progress = {
  update: (state: { done: number; total: number; stage: string }) => void;
  stop: () => void;
};

/** A bar on standard error, where somebody watches; nothing where the output goes to a file or a program. */
export function createProgress({ terminal }: { terminal: Terminal }): Progress {
  if (!terminal.isInteractive) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: '{stage} {bar} {value}/{total}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    stream: process.stderr,
  });
  let isStarted = false;
  return {
    update: ({ done, total, stage }) => {
      if (!isStarted) bar.start(total, done, { stage });
      isStarted = true;
      bar.setTotal(total);
      bar.update(done, { stage });
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
}
