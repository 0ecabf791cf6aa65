export { type AuthorKind, classifyAuthor } from './author.ts';
export {
  diagnoseSignature,
  type SignatureAlgorithm,
  type SignatureDiagnosis,
  type SignatureMatch,
} from './diagnose-signature.ts';
export { eventKeyOf } from './event-key.ts';
export {
  identifyWebhookEvent,
  parseWebhookEvent,
  type UnrecognizedReason,
  type WebhookEvent,
  type WebhookIdentity,
  type WebhookMessage,
} from './event.ts';
export { type SignatureCheck, type SignatureMode, verifySignature } from './signature.ts';
export { storableJson } from '../wire/storable-json.ts';
export { WEBHOOK_PATH } from './webhook-path.ts';
