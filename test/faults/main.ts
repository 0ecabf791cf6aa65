import { runMain } from '@avito-autoreply/runtime';
import { naive, ours } from './campaign/candidates.ts';
import { openCampaignServices } from './campaign/open-services.ts';
import { parseCampaign } from './campaign/options.ts';
import { printReport } from './campaign/print-report.ts';
import { isPassed, runCampaign } from './campaign/run-campaign.ts';
import { crashEverywhere } from './crash-points/crash-report.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);

async function campaign(args: string[]): Promise<boolean> {
  const { json, baseline, ...options } = parseCampaign(args);
  const services = await openCampaignServices({ environment: process.env, redis: options.redis });
  try {
    const report = await runCampaign(options, { services, candidate: baseline ? naive : ours, onProgress });
    say(json ? JSON.stringify(report, null, 2) : printReport(report));
    return isPassed(report);
  } finally {
    await services.stop();
  }
}

async function crashPoints(partCounts: number[]): Promise<boolean> {
  const services = await openCampaignServices({ environment: process.env, redis: 'single' });
  try {
    const report = await crashEverywhere({
      databaseUrl: services.databaseUrl,
      redisUrl: services.redis.url,
      partCounts,
      onProgress,
    });
    say(JSON.stringify(report, null, 2));
    return report.wrong.length === 0;
  } finally {
    await services.stop();
  }
}

/** `npm run test:faults -- [crash-points [parts …]] [options]`: see README.md. Exit code 1 unless nothing went wrong. */
await runMain(async () => {
  // `exit` is what ends our children.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130));
  const [command, ...rest] = process.argv.slice(2);
  const isRight =
    command === 'crash-points'
      ? await crashPoints(rest.length === 0 ? [1, 2, 3] : rest.map(Number))
      : await campaign(process.argv.slice(2));
  // Not by running out of work: after connections that were reset on purpose Node 24 can wait in its own clean-up for ever,
  // with a whole core.
  process.exit(isRight ? 0 : 1);
});
