import { runMain } from '@avito-autoreply/runtime';
import { naive, ours } from './campaign/candidates.ts';
import { openCampaignServices } from './campaign/open-services.ts';
import { parseCampaign } from './campaign/options.ts';
import { printReport } from './campaign/print-report.ts';
import { isPassed, runCampaign } from './campaign/run-campaign.ts';

/** `npm run test:faults -- [options]`: see README.md. Exit code 1 unless nothing went wrong. */
await runMain(async () => {
  const { json, baseline, ...options } = parseCampaign(process.argv.slice(2));
  // `exit` is what ends our children.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130));
  const services = await openCampaignServices({ environment: process.env, redis: options.redis });
  try {
    const report = await runCampaign(options, {
      services,
      candidate: baseline ? naive : ours,
      onProgress: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${json ? JSON.stringify(report, null, 2) : printReport(report)}\n`);
    process.exitCode = isPassed(report) ? 0 : 1;
  } finally {
    await services.stop();
  }
});
