import { AppError } from './errors.ts';
import type { Logger } from './logger.ts';

/** In this order: take nothing new in; finish what is in hand; close the connections that the work needed. */
const shutdownPhases = ['stop-intake', 'drain', 'disconnect'] as const;
type ShutdownPhase = (typeof shutdownPhases)[number];

type ShutdownStep = { name: string; phase: ShutdownPhase; run: () => Promise<unknown> | void };

export type Lifecycle = {
  /** Whoever opens something registers its closing here, next to the opening. Within a phase the last opened closes first. */
  onShutdown: (step: ShutdownStep) => void;
  /** Runs all steps once; later calls return the same promise. Never rejects: `clean` says whether all went well in time. */
  shutdown: (reason: string) => Promise<{ clean: boolean }>;
  /** Aborted when shutdown begins: hand it to work that may be given up. */
  signal: AbortSignal;
  isShuttingDown: () => boolean;
};

type LifecycleOptions = { logger: Logger; deadlineMs?: number };

// Orchestrators kill after 30 s; 25 s leave time for the last log lines.
const DEFAULT_DEADLINE_MS = 25_000;

export function createLifecycle({ logger, deadlineMs = DEFAULT_DEADLINE_MS }: LifecycleOptions): Lifecycle {
  const steps: ShutdownStep[] = [];
  const controller = new AbortController();
  let running: Promise<{ clean: boolean }> | undefined;

  const runStep = async (step: ShutdownStep): Promise<boolean> => {
    try {
      await step.run();
      return true;
    } catch (error) {
      logger.error('shutdown step failed', { step: step.name, phase: step.phase, error });
      return false;
    }
  };

  const runAll = async (): Promise<boolean> => {
    let clean = true;
    for (const phase of shutdownPhases) {
      for (const step of steps.filter((candidate) => candidate.phase === phase).toReversed()) {
        clean = (await runStep(step)) && clean;
      }
    }
    return clean;
  };

  return {
    signal: controller.signal,
    isShuttingDown: () => controller.signal.aborted,
    onShutdown: (step) => {
      if (running) {
        throw new AppError(`${step.name} was opened while the process was shutting down`, {
          code: 'lifecycle.shutting-down',
        });
      }
      steps.push(step);
    },
    shutdown: (reason) => {
      running ??= (async () => {
        logger.info('shutting down', { reason });
        controller.abort(
          new AppError(`shutting down: ${reason}`, { code: 'lifecycle.shutting-down', isRetryable: true }),
        );
        const { promise: deadline, resolve: late } = Promise.withResolvers<false>();
        const timer = setTimeout(() => {
          logger.error('shutdown took longer than its deadline', { deadlineMs });
          late(false);
        }, deadlineMs);
        const clean = await Promise.race([runAll(), deadline]);
        clearTimeout(timer);
        logger.info('shut down', { clean });
        return { clean };
      })();
      return running;
    },
  };
}
