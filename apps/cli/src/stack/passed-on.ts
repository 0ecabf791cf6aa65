import { accessEnv, captureEnv, openaiEnv, policyEnv, replyEnv, rerankEnv } from '@avito-autoreply/config';

/** What a stack hands on to worker and admin as it is; what it reads itself it hands on in its own words. */
export const passedToWorkers: readonly string[] = [
  ...Object.keys({
    ...replyEnv.shape,
    ...accessEnv.shape,
    ...policyEnv.shape,
    ...openaiEnv.shape,
    ...rerankEnv.shape,
  }),
  'AVITO_GRANT',
  'AVITO_TOKEN_KEY',
];

export const passedToIngest: readonly string[] = Object.keys(captureEnv.shape);
