import { parseArgs } from 'node:util';
import { runMutants } from './run-mutants.ts';

// Memory may grow with the heap that the engine chooses to keep, not with the number of requests.
const MAX_GROWTH_MB = 150;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('--count must be a whole number above 0, --seed a whole number\n');
  process.exit(2);
}

const report = await runMutants({ count, seed });
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
const isSound =
  report.isAlive &&
  report.enqueued === 0 &&
  report.offenders.length === 0 &&
  report.rssMb.end - report.rssMb.early <= MAX_GROWTH_MB;
process.stdout.write(isSound ? 'None got in.\n' : 'FAILED: see offenders, enqueued, isAlive and rssMb.\n');
process.exitCode = isSound ? 0 : 1;
