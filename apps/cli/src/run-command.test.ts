import { AppError } from '@avito-autoreply/runtime';
import { expect, test } from 'vitest';
import { type Command, runCommand } from './run-command.ts';
import { captureOutput } from './testing/capture-output.ts';

async function run(command: Command, { isJson = false } = {}) {
  const { output, stdout, stderr } = captureOutput();
  const exitCode = await runCommand({ environment: {}, isJson, output, command });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

const failing: Command = () =>
  Promise.reject(new AppError('Postgres does not answer', { code: 'database.unavailable' }));

test('an error of ours is told without a stack, on standard error', async () => {
  expect(await run(failing)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'database.unavailable: Postgres does not answer\n',
  });
});

test('with --json only the object is on standard output', async () => {
  const { stdout } = await run(
    async ({ terminal }) => {
      terminal.line('for people');
      terminal.json({ done: true });
      return 0;
    },
    { isJson: true },
  );
  expect(stdout).toBe('{\n  "done": true\n}\n');
});

test('an error that nobody expected keeps its stack, and is an object with --json as well', async () => {
  const { exitCode, stdout, stderr } = await run(() => Promise.reject(new TypeError('oops')), {
    isJson: true,
  });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ error: { code: 'internal.unexpected', message: 'oops' } });
  expect(stderr).toMatch(/^internal\.unexpected: TypeError: oops\n\s+at /);
});

test('what was opened is closed, the last first, also when a close fails', async () => {
  const closed: string[] = [];
  const { exitCode, stderr } = await run(async ({ onEnd }) => {
    onEnd(async () => void closed.push('database'));
    onEnd(() => Promise.reject(new AppError('stuck', { code: 'stack.stuck' })));
    onEnd(async () => void closed.push('apps'));
    return 0;
  });
  expect(closed).toEqual(['apps', 'database']);
  expect(exitCode).toBe(1);
  expect(stderr).toBe('while closing: stack.stuck: stuck\n');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s aborts, and the closers still run', async (name) => {
  let isClosed = false;
  const { exitCode, stderr } = await run(async ({ signal, onEnd }) => {
    onEnd(async () => void (isClosed = true));
    process.emit(name, name);
    expect(signal.aborted).toBe(true);
    throw new TypeError('fetch failed because of the interruption');
  });
  expect(isClosed).toBe(true);
  expect(exitCode).toBe(1);
  expect(stderr).toBe('cli.interrupted: interrupted\n');
});

test('afterwards no signal is listened to', async () => {
  const before = process.listenerCount('SIGINT');
  await run(failing);
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('without a terminal nothing is coloured', async () => {
  const { stdout } = await run(async ({ terminal }) => {
    terminal.line(terminal.style('red', 'plain'));
    return terminal.isInteractive ? 1 : 0;
  });
  expect(stdout).toBe('plain\n');
});
