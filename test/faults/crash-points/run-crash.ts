import { isFlawless, type Verdict } from '../judge/judge.ts';
import { FIRST_FACT } from '../world/facts.ts';
import { type Crash, type CrashWorld, openCrashWorld, type Services } from './crash-world.ts';

export type CrashRun = { parts: number; crash: Crash; again: boolean };
export type CrashResult = { isRight: boolean; died: number; verdict: Verdict; sent: string[]; log: string[] };

async function withWorld<T>(services: Services, run: (world: CrashWorld) => Promise<T>): Promise<T> {
  const world = await openCrashWorld(services);
  try {
    return await run(world);
  } finally {
    await world.close();
  }
}

const factOfParts = (parts: number): number => FIRST_FACT + parts - 1;

/** How often each checkpoint is passed while a question with so many parts is answered and nothing goes wrong. */
export function passedInPeace(services: Services, parts: number): Promise<Map<string, number>> {
  return withWorld(services, async (world) => {
    const worker = await world.start();
    await world.ask(factOfParts(parts));
    await world.settle(world.isSettled);
    await worker.stop();
    const counts = new Map<string, number>();
    for (const name of world.passed) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  });
}

/**
 * One question, one or two crashes (the second one on the way back from the first), then a worker that is left alone.
 * Right is: all parts once, in their order, and nothing else.
 */
export function runCrash(services: Services, { parts, crash, again }: CrashRun): Promise<CrashResult> {
  return withWorld(services, async (world) => {
    await world.ask(factOfParts(parts));
    let died = 0;
    for (const each of again ? [crash, { ...crash, hit: 1 }] : [crash]) {
      if (await world.runUntilCrash(each, { until: world.isSettled })) died += 1;
    }
    const worker = await world.start();
    await world.settle(world.isSettled);
    await worker.stop();
    const verdict = await world.verdict();
    const sent = world.parts().map((mark) => (mark ? `${mark.fact}:${mark.position}` : 'a prepared text'));
    return { isRight: isFlawless(verdict) && sent.length === parts, died, verdict, sent, log: world.log };
  });
}
