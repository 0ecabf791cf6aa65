import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { AppError } from '@avito-autoreply/runtime';
import { comesTrue } from './comes-true.ts';
import { type RunningProcess, runningProcess } from './running-process.ts';

// With a long append-only file on a busy machine.
const START_MS = 30_000;

/** One inline command over a connection of its own; what came back first. */
export async function redisCommand(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write(`${command}\r\n`);
    const [chunk] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
    return String(chunk);
  } finally {
    socket.destroy();
  }
}

/** Starts redis-server from PATH with an append-only file, as production runs it, and waits until it answers. */
export async function startRedisServer({
  port,
  folder,
  settings = [],
}: {
  port: number;
  folder: string;
  /** More of redis.conf, as command-line arguments. */
  settings?: readonly string[];
}): Promise<RunningProcess> {
  await mkdir(folder, { recursive: true });
  const child = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
    ].concat(
      ['--maxmemory-policy', 'noeviction', '--daemonize', 'no', '--logfile', `${folder}/redis.log`],
      settings,
    ),
    { stdio: 'ignore', detached: true },
  );
  const failed = Promise.withResolvers<never>();
  child.once('error', failed.reject);
  const running = runningProcess(child, 'SIGTERM');
  const answers = async (): Promise<void> => {
    const ask = (command: string) => redisCommand(port, command).catch(() => '');
    // Another process may have taken the port since it was free, and would answer in place of this one.
    const isUp = await comesTrue(
      async () =>
        (await ask('PING')).includes('PONG') &&
        (await ask('INFO server')).includes(`process_id:${child.pid}\r\n`),
      { withinMs: START_MS, everyMs: 30, isInVain: running.hasEnded },
    );
    if (isUp) return;
    // Left alive it would hold the port, and none that is started in its place could.
    await running.kill();
    throw new AppError(`redis-server does not answer on port ${port}: see ${folder}/redis.log`, {
      code: 'faults.redis-failed',
    });
  };
  await Promise.race([answers(), failed.promise]);
  return running;
}
