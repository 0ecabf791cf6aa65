/** What a child process tells its parent over IPC. */
export type ChildReport = { kind: 'ready'; port: number } | { kind: 'failed'; code: string; message: string };

/** What the parent tells it. The loss of the channel means the same. */
export type ParentOrder = { kind: 'stop' };

/** Without a folder the database lives in memory and Redis in a temporary folder. */
export type RedisChildOptions = { dataDir: string | undefined; password: string };

export type DatabaseChildOptions = {
  dataDir: string | undefined;
  password: string;
  /** See SharedSession. */
  idleTransactionMs: number;
};
