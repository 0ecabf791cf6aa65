import { randomBytes } from 'node:crypto';
import { AvitoRequestError } from '../errors.ts';

/**
 * Keeps the states of consents that one account has begun: where all processes see them, and for a while. Without them
 * anybody could bring the owner's browser here with a code of his own choice.
 */
export type ConsentStates = {
  keep: (state: string) => Promise<void>;
  /** Takes the state away: the second who comes with it hears `unknown`. */
  spend: (state: string) => Promise<'good' | 'expired' | 'unknown'>;
};

/** An unguessable state, kept until the consent comes back with it. */
export async function beginState(states: ConsentStates): Promise<string> {
  // Hexadecimal: it is typed behind `--state`, so it must not begin like an option.
  const state = randomBytes(16).toString('hex');
  await states.keep(state);
  return state;
}

const refusals = {
  expired: {
    code: 'avito.state-expired',
    why: 'the consent was begun too long ago',
  },
  unknown: {
    code: 'avito.unknown-state',
    why: 'no consent of this account was begun with this state, or it was used before',
  },
};

/** Throws `avito.unknown-state` and `avito.state-expired`. */
export async function spendState({ states, state }: { states: ConsentStates; state: string }): Promise<void> {
  const verdict = await states.spend(state);
  if (verdict === 'good') return;
  const { code, why } = refusals[verdict];
  throw new AvitoRequestError(
    `${why}: open the consent page anew, and bring the code and the state of that visit`,
    {
      code,
    },
  );
}
