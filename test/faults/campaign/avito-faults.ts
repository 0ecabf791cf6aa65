import type { FaultInput } from '@avito-autoreply/simulator';

/** Up to 30 % of the calls of each kind go wrong, in every way that a call can. */
export const avitoFaults: readonly (FaultInput & { id: string })[] = [
  // What was stored and what was not look alike from outside: each pair below must be told apart by looking.
  send('refused-503', 0.04, { kind: 'status', status: 503 }),
  send('stored-500', 0.04, { kind: 'status', status: 500, when: 'after' }),
  send('reset-before', 0.04, { kind: 'reset', when: 'before' }),
  send('reset-after', 0.04, { kind: 'reset', when: 'after' }),
  send('slow-after', 0.04, { kind: 'slow', delayMs: 1_500 }),
  // The client gives up after 10 s; the message stands in the chat.
  send('too-slow-after', 0.03, { kind: 'slow', delayMs: 12_000 }),
  send('slow-before', 0.03, { kind: 'slow', delayMs: 1_000, when: 'before' }),
  send('limited', 0.02, { kind: 'status', status: 429, retryAfterSeconds: 1 }),
  send('gateway-502', 0.02, { kind: 'status', status: 502, headers: { 'content-type': 'text/html' } }),
  ...(['token', 'get-chat', 'list-messages', 'list-chats'] as const).flatMap((endpoint) => [
    of(endpoint, '503', 0.1, { kind: 'status', status: 503 }),
    of(endpoint, 'reset', 0.1, { kind: 'reset' }),
    of(endpoint, 'slow', 0.08, { kind: 'slow', delayMs: 1_000, when: 'before' }),
    of(endpoint, 'limited', 0.02, { kind: 'status', status: 429, retryAfterSeconds: 1 }),
  ]),
  of('chat-completions', '500', 0.1, { kind: 'status', status: 500 }),
  of('chat-completions', 'slow', 0.1, { kind: 'slow', delayMs: 3_000 }),
  of('chat-completions', 'reset', 0.05, { kind: 'reset' }),
  of('chat-completions', 'limited', 0.05, { kind: 'status', status: 429, retryAfterSeconds: 1 }),
];

function of(
  endpoint: FaultInput['endpoint'],
  name: string,
  probability: number,
  effect: FaultInput['effect'],
): FaultInput & { id: string } {
  return { id: `${endpoint} ${name}`, endpoint, probability, effect };
}

function send(name: string, probability: number, effect: FaultInput['effect']) {
  return of('send-text', name, probability, effect);
}

/** Of webhooks: lost for good (nothing is redelivered), doubled, overtaking each other. */
export const avitoManners = {
  deliveryLossProbability: 0.05,
  deliveryDuplicateProbability: 0.1,
  deliveryJitterMs: 400,
} as const;

/** Behaves again. */
export const soundManners = {
  deliveryLossProbability: 0,
  deliveryDuplicateProbability: 0,
  deliveryJitterMs: 0,
  echo: 'after',
  modelMode: 'honest',
} as const;
