export { beginConsent, connectAccount } from './auth/consent.ts';
export type { ConsentStates } from './auth/consent-state.ts';
export {
  type AccessToken,
  createTokenProvider,
  type TokenProvider,
  type TokenState,
} from './auth/token-provider.ts';
export type { Credentials } from './auth/token-request.ts';
export type { StoredTokens, TokenStore } from './auth/token-store.ts';
export { type AvitoAccount, createAccountClients } from './account-clients.ts';
export { type AvitoClient, type AvitoClientOptions, createAvitoClient } from './client.ts';
export {
  AvitoApiError,
  AvitoConnectionError,
  AvitoError,
  AvitoHeldBackError,
  AvitoRequestError,
  AvitoResponseError,
  AvitoTokenStoreError,
} from './errors.ts';
export type { Self } from './messenger/account.ts';
export { type BlacklistBuyer, type BlacklistReason, blacklistReasons } from './messenger/blacklist.ts';
export type { CallOptions } from './messenger/call-options.ts';
export type { EachChat, ListChats } from './messenger/chats.ts';
export { MAX_IMAGE_BYTES, type SendImage, type UploadedImage, type UploadImage } from './messenger/images.ts';
export { type EachItem, itemStatuses, type ItemsPage, type ListItems } from './messenger/items.ts';
export type { DeleteMessage, ListMessages } from './messenger/messages.ts';
export type { Page } from './messenger/page.ts';
export type { SendOutcome } from './messenger/send-outcome.ts';
export { type PartOutcome, sendParts, type SentParts } from './messenger/send-parts.ts';
export { MAX_TEXT_CHARACTERS, type SendText } from './messenger/send-text.ts';
export type { Subscription } from './messenger/subscriptions.ts';
export type { GetVoiceUrls } from './messenger/voice.ts';
export { createMemoryRateGate } from './rate/memory-rate-gate.ts';
export { createSharedRateGate } from './rate/shared-rate-gate.ts';
export type { RateLimit, RateStore } from './rate/rate-store.ts';
export type { RateFacts, RateGate, RateLane } from './rate/rate-gate.ts';
export type { Chat, ChatItem } from './wire/chat.ts';
export type { MessageContent } from './wire/content.ts';
export type { Item, ItemInfo } from './wire/item.ts';
export type { Message } from './wire/message.ts';
export { type AccessProblem, accessProblem, webhookReplaced } from './subscriptions/access-problem.ts';
export {
  createSubscriptions,
  type OwnedSubscription,
  type Registration,
  type Subscriptions,
} from './subscriptions/create-subscriptions.ts';
export { type AccessReport, inspectAccess } from './subscriptions/inspect-access.ts';
export { probeWebhook, type ProbeWarning, type ProbeWebhook } from './subscriptions/probe-webhook.ts';
export { withoutToken } from './subscriptions/webhook-url.ts';
