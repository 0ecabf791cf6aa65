import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const anyPorts = { INGEST_PORT: '0', WORKER_PORT: '0', ADMIN_PORT: '0', SIMULATOR_PORT: '0' };

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'cli-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
});

/** The command as a process, in a folder of its own and on embedded services. */
function start(...argv: string[]) {
  const child: ChildProcess = spawn(process.execPath, [main, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], ...anyPorts },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  const arrival = new EventTarget();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      arrival.dispatchEvent(new Event('text'));
    });
  }
  // `close`: with the last words read.
  const ended = once(child, 'close').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    ...written,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    ended,
    interrupt: () => child.kill('SIGINT'),
    saying: async (text: string): Promise<void> => {
      while (!written.stdout.includes(text)) {
        const end = await Promise.race([once(arrival, 'text').then(() => undefined), ended]);
        if (end) throw new Error(`ended without saying "${text}": ${JSON.stringify(end)}`);
      }
    },
  };
}

const leftIn = async (dataDir: string): Promise<string[]> =>
  (await readdir(join(cwd, '.data', dataDir))).filter((name) => /\.lock|stack\.json/.test(name));

test(
  'while `up` runs other commands join it, and the first own source takes the place of the sample shop; Ctrl-C ends it in order, and nothing is left',
  { timeout: 120_000 },
  async () => {
    const up = start('up');
    await up.saying('Ctrl-C stops it.');

    const listed = await start('kb', 'list', '--json').ended;
    expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(listed.stdout)).toMatchObject({
      documents: expect.arrayContaining([
        expect.objectContaining({ sourceKey: 'sample-shop/o-magazine.md' }),
      ]),
    });

    await mkdir(join(cwd, 'shop'));
    await writeFile(join(cwd, 'shop', 'hours.md'), '# Часы\n\nРаботаем с 9 до 18.\n');
    const synced = await start('kb', 'sync', 'shop').ended;
    expect(synced).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('5 sources') });
    // Two shops in one base would answer for each other.
    const left = JSON.parse((await start('kb', 'list', '--json').ended).stdout);
    expect(left.documents).toEqual([expect.objectContaining({ sourceKey: 'shop/hours.md' })]);
    expect(await start('up').ended).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^stack\.already-up: .*stop that one first/),
    });

    up.interrupt();
    const { exitCode, stdout, stderr } = await up.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/stopping …\n$/);
    // Nobody watched, so it went into a journal or a file, which others may read.
    const secrets = JSON.parse(await readFile(join(cwd, '.data/start/secrets.json'), 'utf8')) as object;
    for (const secret of Object.values(secrets)) expect(stdout).not.toContain(secret);
    expect(stdout).toContain('.data/start/secrets.json');
    expect(await leftIn('start')).toEqual([]);
  },
);

test('`up` tells everything that is wrong with the configuration before it starts anything', async () => {
  const wrong = [
    'RETENTION_DAYS=long',
    'OPENAI_BASE_URL=localhost:8000',
    'RERANK_MODEL=alone',
    'OPENAI_PRICES_FILE=/nowhere',
  ];
  await writeFile(join(cwd, '.env'), wrong.join('\n'));
  const { exitCode, stdout, stderr } = await start('up').ended;
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  for (const line of wrong) expect(stderr).toContain(`- ${line.split('=')[0]}: `);
});

test('Ctrl-C while the demo starts gives the start up, and nothing is left', async () => {
  const demo = start('demo');
  await demo.saying('with pgvector');
  demo.interrupt();
  expect(await demo.ended).toMatchObject({ exitCode: 1, stderr: 'cli.interrupted: interrupted\n' });
  expect(await leftIn('demo')).toEqual([]);
});
