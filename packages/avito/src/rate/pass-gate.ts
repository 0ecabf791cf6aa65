import { type Sleep, sleep } from '@avito-autoreply/runtime';
import { AvitoConnectionError, AvitoHeldBackError } from '../errors.ts';
import { type HttpRequest, nameOf } from '../http/http-request.ts';
import { laneOf, type RateGate } from './rate-gate.ts';

// Worth waiting for here. A longer wait belongs to the caller's queue, which can do something else meanwhile.
const LONGEST_WAIT_MS = 2_000;

type PassGate = { gate: RateGate; request: HttpRequest; sleep?: Sleep };

/** Resolves when the request may be made. Throws AvitoHeldBackError when that is too far off. */
export async function passGate({ gate, request, sleep: wait = sleep }: PassGate): Promise<void> {
  const lane = laneOf(request.path);
  let waitedMs = 0;
  for (let ms = await gate.waitMs(lane); ms > 0; ms = await gate.waitMs(lane)) {
    // Others may have been refused while this one waited, so the gate is asked again after each wait.
    if (waitedMs + ms > LONGEST_WAIT_MS) {
      throw new AvitoHeldBackError(
        `${nameOf(request)}: held back, for Avito limits the calls of this account`,
        {
          retryAfterMs: ms,
        },
      );
    }
    try {
      await wait(ms, { signal: request.signal });
    } catch {
      throw new AvitoConnectionError(`${nameOf(request)}: cancelled by the caller while it was held back`, {
        code: 'avito.aborted',
        requestMayHaveArrived: false,
        mayHaveTakenEffect: false,
      });
    }
    waitedMs += ms;
  }
}
