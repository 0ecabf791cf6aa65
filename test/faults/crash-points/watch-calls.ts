/** Told before and after each step, under a name like `before turns.claimTurn`. */
export type Checkpoint = (name: string) => void;

// What only looks changes nothing: a crash there is a crash after the step before it.
const LOOKS = /^(find|list|read|count|overdue|unsettled|is|has|get)[A-Z]|^(counts|ping|figures)$/;

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';
const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** The same object, whose every step that changes something passes a checkpoint before and after. */
export function watchCalls<T extends object>(
  target: T,
  {
    name,
    checkpoint,
  }: { name: string | ((method: string, args: unknown[]) => string); checkpoint: Checkpoint },
): T {
  return new Proxy(target, {
    get: (object, key, receiver) => {
      const member: unknown = Reflect.get(object, key, receiver);
      if (!isFunction(member) || typeof key !== 'string' || LOOKS.test(key)) return member;
      return (...args: unknown[]): unknown => {
        const step = typeof name === 'string' ? `${name}.${key}` : name(key, args);
        checkpoint(`before ${step}`);
        const result = member.apply(object, args);
        if (!isPromise(result)) return result;
        return result.then((value) => {
          checkpoint(`after ${step}`);
          return value;
        });
      };
    },
  });
}
