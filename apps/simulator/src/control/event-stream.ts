import type { Request, Response } from 'express';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerEntry } from '../ledger/records.ts';

/** Server-sent events of the ledger as it grows: `buyer-message`, `send` and `delivery`, each with its record as data. */
export function streamEvents({
  request,
  response,
  ledger,
  signal,
}: {
  request: Request;
  response: Response;
  ledger: Ledger;
  signal: AbortSignal;
}): void {
  const wanted = typeof request.query['kinds'] === 'string' ? request.query['kinds'].split(',') : undefined;
  const kinds = wanted ?? ['buyer-message', 'send', 'delivery'];
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  // The reader knows that nothing from now on is missed.
  response.write(': subscribed\n\n');
  const unsubscribe = ledger.subscribe(({ kind, record }: LedgerEntry) => {
    if (kinds.includes(kind)) response.write(`event: ${kind}\ndata: ${JSON.stringify(record)}\n\n`);
  });
  const end = () => response.end();
  signal.addEventListener('abort', end, { once: true });
  response.once('close', () => {
    unsubscribe();
    signal.removeEventListener('abort', end);
  });
}
