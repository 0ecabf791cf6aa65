import 'vitest';

declare module 'vitest' {
  /** What the set-up hands to the tests of the projects `int` and `e2e`. */
  interface ProvidedContext {
    databaseUrl: string;
    /** Absent in a run without Redis: the queue then lives in the database. */
    redisUrl: string | undefined;
    /** From the environment, for the global set-up. */
    namedServices: {
      databaseUrl: string | undefined;
      redisUrl: string | undefined;
      /** `postgres`: without Redis, even where one is on PATH. */
      queue: string | undefined;
    };
    /** How many rolling restarts the test of that name does. */
    restarts: number;
  }
}
