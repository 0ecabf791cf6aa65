// The start of a statement: the text's own or the one after a semicolon, behind blanks and comments.
const START = String.raw`(?:^|;)(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*`;
const CHANNEL = String.raw`("(?:[^"]|"")+"|[\w$]+)`;
const OF_INTEREST = /(?:listen|copy)\s/i;
const LISTEN = new RegExp(String.raw`${START}LISTEN\s+${CHANNEL}`, 'gi');
const UNLISTEN = new RegExp(String.raw`(${START})UNLISTEN\s+(?:\*|${CHANNEL})`, 'gi');
const COPY_IN = new RegExp(String.raw`${START}COPY\s[^;]*?\sFROM\s+STDIN\b`, 'i');

/** Nobody listens on it: what an UNLISTEN of one client becomes, so that it does not deafen the others. */
const NOBODYS_CHANNEL = '"embedded: nobody"';

/** Waiting for COPY data ends the session, and with it the process, for everybody; an error ends only the statement. */
const REFUSE_COPY_IN = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'feature_not_supported',
  MESSAGE = 'COPY FROM STDIN is not available on the embedded database',
  HINT = 'Insert with INSERT … SELECT unnest(…), or set DATABASE_URL to a PostgreSQL server.'; END $$`;

export type ListenChange = { kind: 'listen' | 'unlisten'; channel: string } | { kind: 'unlisten-all' };

/** What a statement text does to its client's subscriptions, and the text that the shared session may run instead. */
export function forSharedSession(sql: string): { sql: string; changes: ListenChange[] } {
  if (!OF_INTEREST.test(sql)) return { sql, changes: [] };
  if (COPY_IN.test(sql)) return { sql: REFUSE_COPY_IN, changes: [] };
  const listens = [...sql.matchAll(LISTEN)].map(([, channel = '']): ListenChange => ({
    kind: 'listen',
    channel: channelName(channel),
  }));
  const unlistens = [...sql.matchAll(UNLISTEN)].map(([, , channel]): ListenChange =>
    channel === undefined ? { kind: 'unlisten-all' } : { kind: 'unlisten', channel: channelName(channel) },
  );
  return {
    sql: sql.replace(UNLISTEN, `$1UNLISTEN ${NOBODYS_CHANNEL}`),
    changes: [...unlistens, ...listens],
  };
}

function channelName(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
}
