import { setTimeout as delay } from 'node:timers/promises';

export type Sleep = (ms: number, options?: { signal?: AbortSignal | undefined }) => Promise<void>;

/** Waits `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
export const sleep: Sleep = async (ms, { signal } = {}) => {
  try {
    await delay(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
};
