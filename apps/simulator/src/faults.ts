import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { endpointNames, type EndpointName } from './http/endpoint-names.ts';
import { createRandom, type Random } from './random.ts';

const when = z.enum(['before', 'after']);

const effect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    /** `after`: the handler has run (a message is stored), only its answer is replaced. */
    when: when.default('before'),
    retryAfterSeconds: z.int().nonnegative().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Default: the error shape of the API in question. */
    body: z.json().optional(),
  }),
  /** Any status with a body that is no JSON, as gateways answer; a success is possible too. */
  z.strictObject({
    kind: z.literal('text'),
    status: z.int().min(200).max(599).default(502),
    text: z.string().default('<html><head><title>502 Bad Gateway</title></head></html>'),
    contentType: z.string().min(1).default('text/html'),
    when: when.default('before'),
  }),
  /** `after`: the handler has run (a message is stored), only its answer is late. */
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().positive(), when: when.default('after') }),
  /** The connection is reset; `after`: when the handler has run, so the message exists all the same. */
  z.strictObject({ kind: z.literal('reset'), when: when.default('before') }),
]);

export const faultInput = z.strictObject({
  /** Chosen by the caller, to switch the fault off again; default random. */
  id: z.string().min(1).optional(),
  endpoint: z.enum([...endpointNames, '*']),
  accountId: z.int().optional(),
  chatId: z.string().optional(),
  probability: z.number().min(0).max(1).default(1),
  /** Ends after it struck so often. */
  times: z.int().positive().optional(),
  effect,
});

export type FaultInput = z.input<typeof faultInput>;
export type Fault = Omit<z.output<typeof faultInput>, 'id'> & { id: string; struck: number };

export type FaultBoard = {
  /** Throws a ZodError for a fault that cannot be. A fault with the same id is replaced. */
  add: (fault: FaultInput) => Fault;
  /** False: there was none. */
  remove: (id: string) => boolean;
  clear: () => void;
  list: () => readonly Fault[];
  /** The fault that strikes this request, if any: the first that matches and whose die falls so. */
  next: (request: {
    endpoint: EndpointName;
    accountId?: number | undefined;
    chatId?: string | undefined;
  }) => Fault | undefined;
};

/** Each fault throws its own seeded dice, so adding one does not change when another strikes. */
export function createFaultBoard({ seed }: { seed: string }): FaultBoard {
  const faults = new Map<string, { fault: Fault; random: Random }>();

  const matches = (fault: Fault, request: Parameters<FaultBoard['next']>[0]) =>
    (fault.endpoint === '*' || fault.endpoint === request.endpoint) &&
    (fault.accountId === undefined || fault.accountId === request.accountId) &&
    (fault.chatId === undefined || fault.chatId === request.chatId) &&
    (fault.times === undefined || fault.struck < fault.times);

  return {
    add: (input) => {
      const { id = randomUUID(), ...rest } = faultInput.parse(input);
      const fault = { ...rest, id, struck: 0 };
      faults.set(id, { fault, random: createRandom(`${seed}:${id}`) });
      return fault;
    },
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    list: () => [...faults.values()].map(({ fault }) => fault),
    next: (request) => {
      for (const { fault, random } of faults.values()) {
        if (matches(fault, request) && random() < fault.probability) {
          fault.struck += 1;
          return fault;
        }
      }
      return undefined;
    },
  };
}
