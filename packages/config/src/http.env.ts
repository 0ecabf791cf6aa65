import { z } from 'zod';
import { portField } from './fields.ts';

export const portsEnv = z.object({
  INGEST_PORT: portField(3000),
  ADMIN_PORT: portField(3001),
  WORKER_PORT: portField(3002),
  /** `0.0.0.0` inside a container; loopback elsewhere, behind a reverse proxy. */
  LISTEN_HOST: z.string().default('127.0.0.1'),
});

export const adminEnv = z.object({
  ADMIN_API_KEY: z
    .string('is required: choose a long random key, e.g. from `openssl rand -hex 32`')
    .min(16, 'must be at least 16 characters, e.g. from `openssl rand -hex 32`'),
});
