import { parseArgs } from 'node:util';
import { approvedSuite } from './approved/approved.suite.ts';
import { ingestSuite } from './ingest/ingest.suite.ts';
import { kbSuite } from './kb/kb.suite.ts';
import { pipelineSuite } from './pipeline/pipeline.suite.ts';
import { createReport } from './report.ts';
import { retrievalSuite } from './retrieval/retrieval.suite.ts';
import type { Suite } from './suite.ts';
import { xquadSuite } from './xquad/xquad.suite.ts';

const suites: readonly Suite[] = [
  ingestSuite,
  pipelineSuite,
  retrievalSuite,
  approvedSuite,
  kbSuite,
  xquadSuite,
];
const DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres';

const write = (line: string) => process.stdout.write(`${line}\n`);

/** `npm run bench -- retrieval kb --keep`: runs those suites, or lists them. */
const { values, positionals } = parseArgs({ allowPositionals: true, strict: false });
const serverUrl =
  typeof values['database'] === 'string'
    ? values['database']
    : process.env['BENCH_DATABASE_URL'] || DATABASE_URL;
const chosen = suites.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter((name) => suites.every((suite) => suite.name !== name));

if (chosen.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) write(`there is no suite ${unknown.join(', ')}`);
  write('npm run bench -- <suite> … [--flag=value]');
  write(
    '\n  --database     URL of a Postgres server with pgvector, on which suites make databases of their own',
  );
  for (const suite of suites) {
    write(`\n  ${suite.name.padEnd(10)} ${suite.summary}`);
    for (const [flag, [fallback, meaning]] of Object.entries(suite.flags))
      write(`             --${flag.padEnd(12)} ${meaning}${fallback ? ` (${fallback})` : ''}`);
  }
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const report = createReport(write);
  for (const suite of chosen) {
    write(`\n${suite.name}: ${suite.summary}`);
    await suite.run({ given: values, serverUrl, report });
  }
  // A missed target is a finding; the run itself worked, so scripts may tell the two apart.
  if (report.failed() > 0) process.exitCode = 1;
}
