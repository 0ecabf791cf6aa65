import 'vitest';

declare module 'vitest' {
  /** What the global set-up hands to the tests of the projects `int` and `e2e`. */
  interface ProvidedContext {
    databaseUrl: string;
    /** Absent in a run without Redis: the queue then lives in the database. */
    redisUrl: string | undefined;
  }
}
