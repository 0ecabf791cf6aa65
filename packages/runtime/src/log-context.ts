import { AsyncLocalStorage } from 'node:async_hooks';

/** Carried through async calls and put on every line logged inside. Ids only: never a buyer's text. */
export type LogContext = Record<string, string | number | undefined>;

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `run` with the fields added to those of the context around it. */
export function withLogContext<T>(fields: LogContext, run: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, run);
}

export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}
