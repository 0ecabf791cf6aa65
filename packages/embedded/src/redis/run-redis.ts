import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AppError } from '@avito-autoreply/runtime';
import { redisConfig } from './redis-config.ts';

export type Redis = {
  port: number;
  pid: number;
  stop: () => Promise<void>;
};

type RedisOptions = {
  binary: string;
  folder: string;
  password: string;
  /** It ended after its start without being asked to. */
  onLost: (error: AppError) => void;
};

const READY = /Ready to accept connections/;
const PORT_TAKEN = /Address already in use/;
const PORT_TRIES = 3;
const TAIL_CHARACTERS = 2_000;
// Redis writes its last second to disk and leaves within milliseconds.
const STOP_DEADLINE_MS = 5_000;

/** Starts the server on a free port. Throws AppError `embedded.redis-failed` with the end of its log. */
export async function runRedis(options: RedisOptions): Promise<Redis> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnPort({ ...options, port: await freePort() });
    } catch (error) {
      // Somebody took the port between our look and Redis' start.
      const isPortTaken = error instanceof AppError && PORT_TAKEN.test(error.message);
      if (!isPortTaken || attempt === PORT_TRIES) throw error;
    }
  }
}

async function runOnPort({
  binary,
  folder,
  password,
  onLost,
  port,
}: RedisOptions & { port: number }): Promise<Redis> {
  // The configuration goes in by standard input: arguments are there for every user of the machine to read.
  const server = spawn(binary, ['-'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const log = readLog(server);
  const exited = Promise.withResolvers<void>();
  let phase: 'starting' | 'serving' | 'stopping' = 'starting';

  const onEnd = (end: string): void => {
    const what = phase === 'starting' ? 'did not start' : 'ended by itself';
    const error = new AppError(`${binary} ${what} (${end}); its log ends with: ${log.tail()}`, {
      code: 'embedded.redis-failed',
    });
    if (phase === 'starting') log.ready.reject(error);
    if (phase === 'serving') onLost(error);
    exited.resolve();
  };

  // 'close' comes when the log is read to its end; 'error' when there was nothing to run.
  server.once('close', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  server.once('error', (error) => onEnd(error.message));
  server.stdin.on('error', () => {});
  server.stdin.end(redisConfig({ port, folder, password }));
  await log.ready.promise;
  phase = 'serving';

  return {
    port,
    pid: server.pid ?? 0,
    stop: async () => {
      phase = 'stopping';
      server.kill('SIGTERM');
      const deadline = setTimeout(() => server.kill('SIGKILL'), STOP_DEADLINE_MS);
      await exited.promise;
      clearTimeout(deadline);
    },
  };
}

function readLog(server: ChildProcess): { tail: () => string; ready: PromiseWithResolvers<void> } {
  let text = '';
  const ready = Promise.withResolvers<void>();
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-TAIL_CHARACTERS);
    if (READY.test(text)) ready.resolve();
  };
  server.stdout?.on('data', keep);
  server.stderr?.on('data', keep);
  return { tail: () => text.trim(), ready };
}

/** Redis cannot be asked for any free port, so we look one up. */
async function freePort(): Promise<number> {
  const probe = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
