export { type AccessToken, createTokenProvider, type TokenProvider } from './auth/token-provider.ts';
export type { Credentials } from './auth/client-credentials.ts';
export { type AvitoClient, type AvitoClientOptions, createAvitoClient } from './client.ts';
export {
  AvitoApiError,
  AvitoConnectionError,
  AvitoError,
  AvitoRequestError,
  AvitoResponseError,
} from './errors.ts';
export type { Self } from './messenger/account.ts';
export type { ListChats } from './messenger/chats.ts';
export type { ListMessages } from './messenger/messages.ts';
export type { Page } from './messenger/page.ts';
export { MAX_TEXT_CHARACTERS, type SendOutcome, type SendText } from './messenger/send-text.ts';
export type { Subscription } from './messenger/subscriptions.ts';
export type { Chat, ChatItem } from './wire/chat.ts';
export type { MessageContent } from './wire/content.ts';
export type { Message } from './wire/message.ts';
export {
  createSubscriptions,
  type OwnedSubscription,
  type Registration,
  type Subscriptions,
} from './subscriptions/create-subscriptions.ts';
