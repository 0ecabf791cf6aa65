import type { Services } from './crash-world.ts';
import { type CrashResult, type CrashRun, passedInPeace, runCrash } from './run-crash.ts';

/** A worker that starts takes a second of one core; then it mostly waits for the lock of the dead one to run out. */
const SIDE_BY_SIDE = 6;

/**
 * Every point is crashed at its first passing, and at its second: a later part's where there are several, else the one
 * on the way back from the first crash.
 */
function crashesFor({ parts, passed }: { parts: number; passed: ReadonlyMap<string, number> }): CrashRun[] {
  return [...passed].flatMap(([point, times]) => [
    { parts, crash: { point, hit: 1 }, again: false },
    times > 1
      ? { parts, crash: { point, hit: 2 }, again: false }
      : { parts, crash: { point, hit: 1 }, again: true },
  ]);
}

export async function planCrashes(services: Services, partCounts: readonly number[]): Promise<CrashRun[]> {
  const plans = await Promise.all(
    partCounts.map(async (parts) => crashesFor({ parts, passed: await passedInPeace(services, parts) })),
  );
  return plans.flat();
}

/** Runs them side by side. What went wrong is told as it happens and returned. */
export async function runAllCrashes(
  services: Services,
  runs: readonly CrashRun[],
  onResult: (run: CrashRun, result: CrashResult) => void = () => {},
): Promise<(CrashRun & CrashResult)[]> {
  const waiting = [...runs];
  const results: (CrashRun & CrashResult)[] = [];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const result = await runCrash(services, run);
      onResult(run, result);
      results.push({ ...run, ...result });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return results;
}

export const describeRun = ({ parts, crash: { point, hit }, again }: CrashRun): string =>
  `${parts} part${parts > 1 ? 's' : ''}, kill ${point}, ${again ? 'and again after the restart' : `passing ${hit}`}`;
