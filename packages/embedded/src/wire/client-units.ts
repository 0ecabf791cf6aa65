import { type Frame, frame, HEADER_BYTES, readString, syncFrame } from './frames.ts';
import { forSharedSession, type ListenChange } from './shared-session-sql.ts';
import { prefixStatementName, preparedName } from './statement-names.ts';

// Query, Sync, Flush, FunctionCall: after each of them the client waits for an answer.
const ENDS_UNIT = new Set(['Q', 'S', 'H', 'F']);
// Answers to a COPY that never began.
const STRAY = new Set(['d', 'c', 'f']);

export type ClientUnits = {
  /** Takes a message; returns the unit that it completes, to be run without anybody in between. */
  add: (message: Frame) => Buffer | undefined;
  hears: (channel: string) => boolean;
  /** What makes the session forget the client's prepared statements; empty when it has none. */
  forgetStatements: () => Buffer;
};

/**
 * Gathers one client's messages into units and makes them fit for a session that is shared: its prepared statements
 * get a prefix, its subscriptions are kept here.
 */
export function createClientUnits({ prefix }: { prefix: string }): ClientUnits {
  const channels = new Set<string>();
  const statements = new Set<string>();
  let pending: Buffer[] = [];

  const apply = (change: ListenChange): void => {
    if (change.kind === 'listen') channels.add(change.channel);
    else if (change.kind === 'unlisten') channels.delete(change.channel);
    else channels.clear();
  };

  const withOwnSql = (message: Frame): Frame => {
    const sqlAt = sqlOffset(message);
    if (sqlAt === undefined) return message;
    const written = readString({ bytes: message.bytes, offset: sqlAt });
    const { sql, changes } = forSharedSession(written.value);
    changes.forEach(apply);
    if (sql === written.value) return message;
    const before = message.bytes.subarray(HEADER_BYTES, sqlAt);
    const bytes = frame(message.type, before, sql, message.bytes.subarray(written.next));
    return { type: message.type, bytes };
  };

  return {
    add: (message) => {
      if (STRAY.has(message.type)) return undefined;
      const name = preparedName(message);
      if (name !== undefined) statements.add(prefix + name);
      pending.push(prefixStatementName({ message: withOwnSql(message), prefix }));
      if (!ENDS_UNIT.has(message.type)) return undefined;
      const unit = Buffer.concat(pending);
      pending = [];
      return unit;
    },
    hears: (channel) => channels.has(channel),
    forgetStatements: () => {
      if (statements.size === 0) return Buffer.alloc(0);
      return Buffer.concat([...[...statements].map((name) => frame('C', Buffer.from('S'), name)), syncFrame]);
    },
  };
}

function sqlOffset({ type, bytes }: Frame): number | undefined {
  if (type === 'Q') return HEADER_BYTES;
  return type === 'P' ? readString({ bytes, offset: HEADER_BYTES }).next : undefined;
}
