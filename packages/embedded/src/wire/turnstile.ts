/** Whether the client keeps the session after its task: it is in a transaction, or in the middle of a sequence. */
export type Hold = 'keep' | 'release';

export type Turnstile = {
  /** Runs the task when the session is the client's to use. Tasks of one client run in their order. */
  enter: (client: object, task: () => Promise<Hold>) => Promise<void>;
  isHeldBy: (client: object) => boolean;
};

type Waiting = {
  client: object;
  task: () => Promise<Hold>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** One session, many clients: one task at a time, first come first served, except that whoever holds it goes first. */
export function createTurnstile(): Turnstile {
  const queue: Waiting[] = [];
  let holder: object | undefined;
  let isDraining = false;

  const takeNext = (): Waiting | undefined => {
    const index = holder === undefined ? 0 : queue.findIndex((entry) => entry.client === holder);
    return index === -1 ? undefined : queue.splice(index, 1)[0];
  };

  const drain = async (): Promise<void> => {
    if (isDraining) return;
    isDraining = true;
    for (let entry = takeNext(); entry !== undefined; entry = takeNext()) {
      try {
        holder = (await entry.task()) === 'keep' ? entry.client : undefined;
        entry.resolve();
      } catch (error) {
        holder = undefined;
        entry.reject(error);
      }
      // The session computes synchronously: without this breath, answers would leave only when the queue is empty.
      await new Promise(setImmediate);
    }
    isDraining = false;
  };

  return {
    enter: (client, task) =>
      new Promise((resolve, reject) => {
        queue.push({ client, task, resolve, reject });
        void drain();
      }),
    isHeldBy: (client) => holder === client,
  };
}
