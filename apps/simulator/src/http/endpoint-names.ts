/** The names by which faults and the ledger speak of endpoints. */
export const endpointNames = [
  'token',
  'self',
  'list-chats',
  'get-chat',
  'list-messages',
  'send-text',
  'mark-read',
  'list-subscriptions',
  'register-webhook',
  'unregister-webhook',
  'embeddings',
  'chat-completions',
  'models',
] as const;
export type EndpointName = (typeof endpointNames)[number];
