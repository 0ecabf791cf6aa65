import { AppError } from '@avito-autoreply/runtime';
import { z } from 'zod';

const delivery = z.object({
  kind: z.enum(['buyer', 'echo', 'system', 'raw']),
  outcome: z.string(),
  status: z.number().optional(),
  latencyMs: z.number(),
  responseBody: z.string().optional(),
  chatId: z.string().optional(),
});
const buyerMessage = z.object({
  at: z.number(),
  chatId: z.string(),
  messageId: z.string(),
  type: z.string(),
  text: z.string().optional(),
});
const send = z.object({ at: z.number(), chatId: z.string(), text: z.string() });
const ledger = z.object({
  buyerMessages: z.array(
    buyerMessage.extend({
      state: z.enum(['once', 'twice', 'unanswered', 'operator']),
      latencyMs: z.number().optional(),
    }),
  ),
  deliveries: z.array(delivery),
});
const written = z.object({ chatId: z.string(), messageId: z.string() });

export type Ledger = z.output<typeof ledger>;
export type SimulatorEvent =
  | { kind: 'buyer-message'; record: z.output<typeof buyerMessage> }
  | { kind: 'send'; record: z.output<typeof send> }
  | { kind: 'delivery'; record: z.output<typeof delivery> };

function parseEvent(block: string): SimulatorEvent | undefined {
  const kind = /^event: (.+)$/m.exec(block)?.[1];
  const data = /^data: (.+)$/m.exec(block)?.[1];
  if (kind === undefined || data === undefined) return undefined;
  const json: unknown = JSON.parse(data);
  switch (kind) {
    case 'buyer-message':
      return { kind, record: buyerMessage.parse(json) };
    case 'send':
      return { kind, record: send.parse(json) };
    case 'delivery':
      return { kind, record: delivery.parse(json) };
    default:
      return undefined;
  }
}

/** The part of the simulator's control API that the demo plays on. */
export function createSimulatorClient({ url, signal }: { url: string; signal?: AbortSignal }) {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_control${path}`, {
      method,
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).catch((cause: unknown) => {
      throw new AppError(`${method} /_control${path}: the simulator does not answer`, {
        code: 'demo.simulator-gone',
        cause,
      });
    });
    const text = await response.text();
    if (!response.ok) {
      throw new AppError(`${method} /_control${path}: ${response.status} ${text}`, {
        code: 'demo.simulator-refused',
      });
    }
    return JSON.parse(text);
  };

  return {
    /** A buyer writes; without a chat he is a new one, on the account's first listing. */
    buyerWrites: async (message: {
      accountId?: number;
      chatId?: string;
      buyerName?: string;
      text?: string;
      type?: string;
    }) => written.parse(await call('POST', '/messages', { ...message, awaitDelivery: true })),
    burst: async (message: { buyerName: string; texts: readonly string[]; intervalMs: number }) =>
      z.array(written).parse(await call('POST', '/bursts', message)),
    redeliver: async (message: { messageId: string }): Promise<void> => {
      await call('POST', '/redeliveries', message);
    },
    deliverBadlySigned: async (json: unknown): Promise<void> => {
      await call('POST', '/raw-deliveries', { json, signature: 'wrong' });
    },
    systemWrites: async (message: { chatId: string; text: string }): Promise<void> => {
      await call('POST', '/system-messages', message);
    },
    /** False: somebody is still without an answer after `timeoutMs`. */
    waitUntilAnswered: async (wait: { timeoutMs: number; settleMs: number }): Promise<boolean> =>
      z.object({ allAnswered: z.boolean() }).parse(await call('POST', '/wait', wait)).allAnswered,
    ledger: async (): Promise<Ledger> => ledger.parse(await call('GET', '/ledger')),

    /** Tells what happens as it happens, until `until` is aborted. Resolves once nothing can be missed any more. */
    watch: async ({
      until,
      onEvent,
    }: {
      until: AbortSignal;
      onEvent: (event: SimulatorEvent) => void;
    }): Promise<void> => {
      const response = await fetch(`${url}/_control/events`, { signal: until });
      if (!response.body)
        throw new AppError('the event stream has no body', { code: 'demo.simulator-refused' });
      const { promise: subscribed, resolve } = Promise.withResolvers<void>();
      const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
        let rest = '';
        for await (const text of body.pipeThrough(new TextDecoderStream())) {
          const blocks = (rest + text).split('\n\n');
          rest = blocks.pop() ?? '';
          resolve();
          for (const block of blocks) {
            const event = parseEvent(block);
            if (event) onEvent(event);
          }
        }
      };
      // The stream breaks when the demo ends it, or with the simulator, whose end the stack reports by itself.
      read(response.body).catch(() => resolve());
      await subscribed;
    },
  };
}

export type SimulatorClient = ReturnType<typeof createSimulatorClient>;
