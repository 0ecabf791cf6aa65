/** What a child process tells its parent over IPC. */
export type ChildReport = { kind: 'ready'; port: number } | { kind: 'failed'; code: string; message: string };

/**
 * What the parent tells it: first how to start, then to stop, as the loss of the channel does too. Not by the command
 * line, which every user of the machine may read: the options hold a password.
 */
export type ParentOrder<Options> = { kind: 'start'; options: Options } | { kind: 'stop' };

/** Without a folder the database lives in memory and Redis in a temporary folder. */
export type RedisChildOptions = { dataDir: string | undefined; password: string };

export type DatabaseChildOptions = {
  dataDir: string | undefined;
  password: string;
  /** See SharedSession. */
  idleTransactionMs: number;
};
