import { afterAll, beforeAll } from 'vitest';
import { createSimulatorClient, type SimulatorClient } from '../demo/simulator-client.ts';
import { forkApp, type RunningApp } from '../stack/fork-app.ts';

const ACCOUNT_ID = 401_122_334;
export const WEBHOOK_TOKEN = 'a-token-for-the-tests';

/** The simulator as a process of its own, for the tests of one file. */
export function useSimulatedAvito(): {
  accountId: number;
  url: () => string;
  /** What a user puts into `.env` for this account. */
  environment: (overrides?: Record<string, string>) => Record<string, string>;
  control: () => SimulatorClient;
} {
  let app: RunningApp | undefined;
  beforeAll(async () => {
    app = await forkApp({
      name: 'simulator',
      env: {
        SIMULATOR_PORT: '0',
        SIMULATOR_ACCOUNT_ID: String(ACCOUNT_ID),
        SIMULATOR_CLIENT_ID: 'sandbox',
        SIMULATOR_CLIENT_SECRET: 'sandbox-secret',
      },
      onLog: () => {},
    });
  });
  afterAll(() => app?.stop());
  const url = (): string => `http://127.0.0.1:${app?.port ?? 0}`;
  return {
    accountId: ACCOUNT_ID,
    url,
    environment: (overrides = {}) => ({
      AVITO_API_BASE_URL: url(),
      AVITO_CLIENT_ID: 'sandbox',
      AVITO_CLIENT_SECRET: 'sandbox-secret',
      AVITO_USER_ID: String(ACCOUNT_ID),
      AVITO_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      ...overrides,
    }),
    control: () => createSimulatorClient({ url: url() }),
  };
}
