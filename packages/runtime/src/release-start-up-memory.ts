import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back what loading the program left behind, 20 MB of ingest and more of others: V8 would do so when as much has been allocated again,
 * which takes an idle process hours. Stops the process for some 60 ms, ten times that when the machine is busy, so it is called before the work begins.
 */
export function releaseStartUpMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // `last-resort` is the flavor that shrinks the heap as well.
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
