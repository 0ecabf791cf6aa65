import { logFormats, logLevels } from '@avito-autoreply/runtime';
import { z } from 'zod';

export const logEnv = z.object({
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  LOG_FORMAT: z.enum(logFormats, `must be one of ${logFormats.join(', ')}`).default('json'),
});
