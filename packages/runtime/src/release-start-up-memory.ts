import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back what loading the program left behind, some 20 MB: V8 would do so when as much has been allocated again, which takes an idle
 * process hours. Stops the process for a tenth of a second, so it is called before the work begins.
 */
export function releaseStartUpMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // `last-resort` is the flavor that shrinks the heap as well.
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
