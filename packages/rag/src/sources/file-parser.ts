import { Worker } from 'node:worker_threads';
import { AppError } from '@avito-autoreply/runtime';
import { defaultParseLimits, type ParseLimits } from './limits.ts';
import type { ThreadAnswer } from './parse-thread.ts';
import type { ForeignSource, ParsedSource } from './source.ts';

const MB = 1024 * 1024;
/** Often enough to stop a stream that unpacks at a gigabyte a second. */
const WATCH_EVERY_MS = 25;
const YOUNG_GENERATION_MB = 64;

export type FileParser = {
  /** Throws AppErrors `knowledge.*`; a file that harms costs its thread and nothing else. */
  parse: (source: ForeignSource) => Promise<ParsedSource>;
  close: () => Promise<void>;
};

/**
 * Parses what comes from outside in a thread with limits of time and memory, after which it is killed. One file at a time;
 * the thread starts with the first one, and keeps no process alive.
 */
export function createFileParser({
  limits: given = {},
}: { limits?: Partial<ParseLimits> | undefined } = {}): FileParser {
  const limits = { ...defaultParseLimits, ...given };
  let thread: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const startThread = (): Worker => {
    const started = new Worker(new URL('./parse-thread.ts', import.meta.url), {
      workerData: limits,
      resourceLimits: {
        maxOldGenerationSizeMb: limits.maxHeapMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
      env: {},
      // What parsers have to say about a file is in their errors.
      stdout: true,
      stderr: true,
    });
    // Told by whoever waits for an answer; without a listener it would end the process.
    started.on('error', () => {});
    started.once('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  };
  const parseNow = async (source: ForeignSource): Promise<ParsedSource> => {
    thread ??= startThread();
    const used = thread;
    used.ref();
    try {
      const answer = await answerOf({ thread: used, source, limits });
      if ('parsed' in answer) return answer.parsed;
      throw asError(answer.failure);
    } catch (error) {
      if (error instanceof ThreadLost && thread === used) thread = undefined;
      throw error;
    } finally {
      used.unref();
    }
  };
  return {
    parse: (source) => {
      const parsed = queue.then(() => parseNow(source));
      queue = parsed.catch(() => {});
      return parsed;
    },
    close: async () => {
      await queue;
      await thread?.terminate();
      thread = undefined;
    },
  };
}

/** The thread is gone, and the file is why. */
class ThreadLost extends AppError {}

function answerOf({
  thread,
  source,
  limits,
}: {
  thread: Worker;
  source: ForeignSource;
  limits: ParseLimits;
}): Promise<ThreadAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
  const lose = (message: string, code: string, cause?: unknown) => {
    reject(new ThreadLost(message, { code, cause }));
    void thread.terminate();
  };
  const tooMuchMemory = (cause?: unknown) =>
    lose('the file needs more memory than a document may: split it', 'knowledge.too-much-memory', cause);
  const onError = (error: Error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuchMemory(error);
    else lose('the file is damaged: its reader broke on it', 'knowledge.broken-file', error);
  };
  const onExit = () => lose('the file is damaged: its reader ended on it', 'knowledge.broken-file');
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > limits.maxGrowthMb * MB) tooMuchMemory();
  }, WATCH_EVERY_MS);
  const timer = setTimeout(
    () => lose(`the file was not read within ${limits.timeoutMs} ms: split it`, 'knowledge.parse-timeout'),
    limits.timeoutMs,
  );
  thread.once('message', resolve);
  thread.once('error', onError);
  thread.once('exit', onExit);
  // Copied, not handed over: the caller may want the bytes again.
  thread.postMessage(source, []);
  return promise.finally(() => {
    clearInterval(watch);
    clearTimeout(timer);
    thread.off('message', resolve);
    thread.off('error', onError);
    thread.off('exit', onExit);
  });
}

function asError({ code, message }: { code: string; message: string }): AppError {
  // Parsers of damaged files fail in ways that nobody can list: what is not ours means that the file is broken.
  if (code.startsWith('knowledge.')) return new AppError(message, { code });
  const problem = /call stack/.test(message)
    ? 'its parts are nested too deeply'
    : 'it opens, and cannot be read to its end; save it anew';
  return new AppError(`the file is damaged: ${problem}`, {
    code: 'knowledge.broken-file',
    cause: new Error(message),
  });
}
