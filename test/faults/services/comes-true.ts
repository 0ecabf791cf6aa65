import { sleep } from '@avito-autoreply/runtime';

/** Whether it comes true in time. Servers tell other processes nothing when they are ready, so they are asked until they answer. */
export async function comesTrue(
  isSo: () => Promise<boolean>,
  {
    withinMs,
    everyMs,
    isInVain = () => false,
  }: {
    withinMs: number;
    everyMs: number;
    /** It never will: the process is gone. */
    isInVain?: () => boolean;
  },
): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end && !isInVain()) {
    if (await isSo()) return true;
    await sleep(everyMs);
  }
  return false;
}
