export type { BusinessHours, DayInterval } from './business-hours.ts';
export { type AnswerMode, policyEnv, type PolicySettings, policySettings } from './policy-settings.ts';
export {
  type AccountConfig,
  accountsEnv,
  accountsIn,
  loadAccounts,
  loadWebhookAccounts,
  requireAccounts,
  secretsOf,
  type WebhookAccount,
} from './accounts.ts';
export { queueAppParts, serviceAppParts } from './app-parts.ts';
export {
  type AccessConfig,
  accessConfig,
  accessEnv,
  avitoEnv,
  captureEnv,
  replyEnv,
  type WebhookConfig,
  webhookConfig,
  webhookEnv,
} from './avito.env.ts';
export { collectConfig } from './collect-config.ts';
export { idField, portField, wholeNumber } from './fields.ts';
export { adminEnv, portsEnv } from './http.env.ts';
export { ConfigError, type Environment, loadConfig } from './load-config.ts';
export { logEnv } from './log.env.ts';
export { type ModelConfig, modelConfig, modelSecrets, openaiEnv } from './openai.env.ts';
export { loadPrices, requirePrices } from './prices.ts';
export { type RerankConfig, rerankConfig, rerankEnv, rerankSecrets } from './rerank.env.ts';
export { databaseEnv, type QueueBackend, queueEnv, requireQueueBackend } from './services.env.ts';
export { gateProblem } from './webhook-gate.ts';
export { loadTokenKey } from './token-key.ts';
