/** Where our ingest takes Avito's events; with a token configured, the token is one more segment. */
export const WEBHOOK_PATH = '/api/v1/webhooks/avito/messages';
