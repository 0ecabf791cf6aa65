/** The user in the addresses of embedded databases. They let in whoever has the password, under any name. */
export const EMBEDDED_USER = 'embedded';

/** True for an address that startEmbedded gave out. */
export const isEmbeddedUrl = (databaseUrl: string): boolean =>
  new URL(databaseUrl).username === EMBEDDED_USER;
