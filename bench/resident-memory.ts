import { readFile } from 'node:fs/promises';
import { sleep } from '@avito-autoreply/runtime';

const IDLE_MS = 10_000;

/** What a process holds in memory when it has had nothing to do for a while, in MB (10^6 bytes); Linux only. */
export async function idleMegabytes(pid: number): Promise<number> {
  await sleep(IDLE_MS);
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024) / 1_000_000;
}
