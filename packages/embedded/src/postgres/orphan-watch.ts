import { Worker } from 'node:worker_threads';

// The IPC channel tells of the parent's end only between two queries; a query may run for minutes.
const WATCH = `
const { workerData } = require('node:worker_threads');
const watch = setInterval(() => {
  if (process.ppid === workerData.parentPid) return;
  clearInterval(watch);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData.graceMs);
}, 500);
`;

/** Ends this process by force when the parent is gone and the orderly way, over IPC, did not end it in time. */
export function watchForOrphanhood({ graceMs }: { graceMs: number }): void {
  const worker = new Worker(WATCH, { eval: true, workerData: { parentPid: process.ppid, graceMs } });
  worker.unref();
}
