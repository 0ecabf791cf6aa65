/** The names by which faults and the ledger speak of endpoints. */
export const endpointNames = [
  'token',
  'self',
  'list-chats',
  'get-chat',
  'list-messages',
  'send-text',
  'send-image',
  'upload-image',
  'delete-message',
  'mark-read',
  'voice-files',
  'blacklist',
  'list-items',
  'item-info',
  'list-subscriptions',
  'register-webhook',
  'unregister-webhook',
  'embeddings',
  'chat-completions',
  'models',
] as const;
export type EndpointName = (typeof endpointNames)[number];
