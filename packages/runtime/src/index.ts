export { backoffDelay, type Backoff } from './backoff.ts';
export { systemClock, type Clock } from './clock.ts';
export { AppError, type AppErrorOptions, errorCode, errorInfo, errorMessage } from './errors.ts';
export { createLifecycle, type Lifecycle, type ShutdownPhase, shutdownPhases } from './lifecycle.ts';
export { currentLogContext, type LogContext, withLogContext } from './log-context.ts';
export {
  createLogger,
  type LogFields,
  type LogFormat,
  logFormats,
  type Logger,
  type LogLevel,
  logLevels,
  silentLogger,
} from './logger.ts';
export { releaseStartUpMemory } from './release-start-up-memory.ts';
export { runMain } from './main-process.ts';
export { listenToProcess } from './process-signals.ts';
export { createRedactor } from './redaction.ts';
export { type RetryPolicy, withRetry } from './retry.ts';
export { type Sleep, sleep } from './sleep.ts';
