import { idField, logEnv, portField, portsEnv } from '@avito-autoreply/config';
import { z } from 'zod';

export const simulatorEnv = z.object({
  ...logEnv.shape,
  ...portsEnv.pick({ LISTEN_HOST: true }).shape,
  SIMULATOR_PORT: portField(3003),
  /** HMAC key of the webhook signature; without it events are not signed. */
  SIMULATOR_WEBHOOK_SECRET: z.string().optional(),
  SIMULATOR_ACCOUNT_ID: idField.optional(),
  SIMULATOR_CLIENT_ID: z.string().optional(),
  SIMULATOR_CLIENT_SECRET: z.string().optional(),
  /** Default: the model side takes any key. */
  SIMULATOR_MODEL_API_KEY: z.string().optional(),
  SIMULATOR_SEED: z.string().default('simulator'),
});
