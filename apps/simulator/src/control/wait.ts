import type { Sleep } from '@avito-autoreply/runtime';
import type { Ledger } from '../ledger/ledger.ts';
import type { WaitInput } from './inputs.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Waits until every buyer's message has a send behind it, and no further send has come for `settleMs`.
 * Resolves false when that is not so after `timeoutMs`, or when the signal is aborted.
 */
export async function waitUntilAnswered({
  ledger,
  sleep,
  signal,
  timeoutMs = DEFAULT_TIMEOUT_MS,
  settleMs = 0,
}: WaitInput & { ledger: Ledger; sleep: Sleep; signal: AbortSignal }): Promise<boolean> {
  const end = AbortSignal.any([AbortSignal.timeout(timeoutMs), signal]);
  let change = Promise.withResolvers<void>();
  const unsubscribe = ledger.subscribe(({ kind }) => {
    if (kind === 'send' || kind === 'buyer-message') change.resolve();
  });
  end.addEventListener('abort', () => change.resolve(), { once: true });
  try {
    while (!end.aborted) {
      change = Promise.withResolvers<void>();
      if (ledger.unansweredCount() > 0) {
        await change.promise;
        continue;
      }
      if (settleMs === 0) return true;
      const isQuiet = await Promise.race([
        sleep(settleMs, { signal: end }).then(
          () => true,
          () => false,
        ),
        change.promise.then(() => false),
      ]);
      if (isQuiet && ledger.unansweredCount() === 0) return true;
    }
    return false;
  } finally {
    unsubscribe();
  }
}
