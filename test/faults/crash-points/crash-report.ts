import { openCrashServices } from './open-crash-services.ts';
import { describeRun, planCrashes, runAllCrashes } from './run-all-crashes.ts';

export type CrashReport = {
  runs: number;
  /** Runs in which the worker never came by its point again: a second passing that did not happen. */
  notReached: number;
  wrong: { run: string; sent: string[]; problems: unknown }[];
};

/** Every point, every number of parts, with echoes and without. */
export async function crashEverywhere({
  databaseUrl,
  redisUrl,
  partCounts,
  onProgress,
}: {
  databaseUrl: string;
  redisUrl: string | undefined;
  partCounts: readonly number[];
  onProgress: (line: string) => void;
}): Promise<CrashReport> {
  const report: CrashReport = { runs: 0, notReached: 0, wrong: [] };
  for (const echo of ['after', 'off'] as const) {
    const services = await openCrashServices({ databaseUrl, redisUrl, echo });
    try {
      const planned = await planCrashes(services, partCounts);
      onProgress(`${planned.length} crashes, echo ${echo}`);
      const results = await runAllCrashes(services, planned, (run, { isRight }) =>
        onProgress(`${isRight ? 'right' : 'WRONG'}  ${describeRun(run)}`),
      );
      report.runs += results.length;
      report.notReached += results.filter(({ died }) => died === 0).length;
      for (const run of results.filter(({ isRight }) => !isRight)) {
        const { sent, verdict } = run;
        report.wrong.push({ run: `echo ${echo}: ${describeRun(run)}`, sent, problems: verdict.problems });
      }
    } finally {
      await services.close();
    }
  }
  return report;
}
