import { isIPv6 } from 'node:net';
import { type AppName, forkApp, type RunningApp } from './fork-app.ts';
import type { Services } from './services.ts';

export type StackOptions = {
  services: Pick<Services, 'databaseUrl' | 'queueEnv'>;
  /** Keeps this stack's jobs apart from those of another one on the same services. */
  queuePrefix: string;
  /** The only one; the simulator begins with it. */
  account: { userId: number; clientId: string; clientSecret: string };
  /** Names several accounts: the apps are told this file and not the account. */
  accountsFile?: string | undefined;
  /** Absent: the simulator stands in for Avito. */
  avitoBaseUrl?: string | undefined;
  /** `secret` is one key, or a new and an old one with a comma between. */
  webhook: { secret: string | undefined; token: string; signatureMode?: string | undefined };
  adminApiKey: string;
  ports: { ingest: number; worker: number; admin: number; simulator: number };
  /** Where the apps take connections, the simulator aside; default: from this machine only. */
  listenHost?: string | undefined;
  /** The simulator's model answers, instead of what `extraEnv` says. */
  simulatedModel?: boolean | undefined;
  /** More variables for the apps: reply settings, the model. */
  extraEnv: Readonly<Record<string, string>>;
  /** What ingest alone is told. */
  ingestEnv?: Readonly<Record<string, string>> | undefined;
  baseEnv: Readonly<Record<string, string>>;
  onLog: (app: AppName, line: string) => void;
  /** Gives the start up. */
  signal?: AbortSignal | undefined;
};

export type Stack = {
  simulatorUrl: string | undefined;
  avitoBaseUrl: string;
  ingestUrl: string;
  adminUrl: string;
  /** Without a signature it answers 401, without the token 404. */
  webhookUrl: string;
  /** Where the events of one of several accounts go. */
  webhookUrlOf: (account: { userId: number; token: string | undefined }) => string;
  /** Resolves with the name of the first app that ends, however it ends. */
  firstEnd: Promise<AppName>;
  stop: () => Promise<void>;
};

/** The simulator's model, as the apps' variables name it. */
export const simulatedModelEnv = (simulatorUrl: string) => ({
  OPENAI_API_KEY: 'any',
  OPENAI_BASE_URL: `${simulatorUrl}/v1`,
  OPENAI_CHAT_MODEL: 'simulated-chat',
  OPENAI_EMBEDDING_MODEL: 'simulated-embedding',
  OPENAI_EMBEDDING_DIMENSIONS: '256',
});

const firstKey = (keys: string) => keys.split(',', 1).join('').trim();
const LOOPBACK = '127.0.0.1';
const everywhere = ['0.0.0.0', '::'];

/** By what this machine itself reaches an app. */
const urlOf = ({ port, host }: { port: number; host: string }) =>
  `http://${everywhere.includes(host) ? LOOPBACK : isIPv6(host) ? `[${host}]` : host}:${port}`;

/** Starts the apps as production does, one process each, on the given services. When one fails to start all are stopped. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { services, account, webhook, ports, onLog } = options;
  const apps: RunningApp[] = [];
  // One that fails takes the others with it, those that are still starting included.
  const failing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failing.signal]) : failing.signal;
  const { listenHost = LOOPBACK } = options;
  const start = async (name: AppName, env: Record<string, string>): Promise<string> => {
    const host = name === 'simulator' ? LOOPBACK : listenHost;
    const app = await forkApp({
      name,
      env: { ...options.baseEnv, LISTEN_HOST: host, ...env },
      onLog: (line) => onLog(name, line),
      signal,
    }).catch((error: unknown) => {
      failing.abort(error);
      throw error;
    });
    apps.push(app);
    return urlOf({ port: app.port, host });
  };
  const stop = async (): Promise<void> => {
    for (const app of apps.toReversed()) await app.stop();
  };

  const secretEnv = webhook.secret === undefined ? {} : { AVITO_WEBHOOK_SECRET: webhook.secret };
  const serviceEnv = {
    DATABASE_URL: services.databaseUrl,
    ...services.queueEnv,
    QUEUE_PREFIX: options.queuePrefix,
  };
  const modeEnv = webhook.signatureMode === undefined ? {} : { AVITO_SIGNATURE_MODE: webhook.signatureMode };
  const fileEnv = options.accountsFile === undefined ? {} : { AVITO_ACCOUNTS_FILE: options.accountsFile };
  const gateEnv = { ...secretEnv, ...modeEnv, ...fileEnv, AVITO_WEBHOOK_TOKEN: webhook.token };
  const accountEnv =
    options.accountsFile === undefined
      ? {
          AVITO_CLIENT_ID: account.clientId,
          AVITO_CLIENT_SECRET: account.clientSecret,
          AVITO_USER_ID: String(account.userId),
        }
      : fileEnv;
  try {
    const simulatorUrl =
      options.avitoBaseUrl === undefined
        ? await start('simulator', {
            SIMULATOR_PORT: String(ports.simulator),
            SIMULATOR_ACCOUNT_ID: String(account.userId),
            SIMULATOR_CLIENT_ID: account.clientId,
            SIMULATOR_CLIENT_SECRET: account.clientSecret,
            ...(webhook.secret === undefined ? {} : { SIMULATOR_WEBHOOK_SECRET: firstKey(webhook.secret) }),
          })
        : undefined;
    const avitoBaseUrl = options.avitoBaseUrl ?? simulatorUrl ?? '';
    const appEnv = {
      ...serviceEnv,
      AVITO_API_BASE_URL: avitoBaseUrl,
      ...accountEnv,
      ...options.extraEnv,
      ...(options.simulatedModel ? simulatedModelEnv(avitoBaseUrl) : {}),
    };
    const starts = [
      start('ingest', {
        ...serviceEnv,
        ...gateEnv,
        ...options.ingestEnv,
        INGEST_PORT: String(ports.ingest),
      }),
      start('worker', { ...appEnv, ...gateEnv, WORKER_PORT: String(ports.worker) }),
      start('admin', {
        ...appEnv,
        ...gateEnv,
        ADMIN_API_KEY: options.adminApiKey,
        ADMIN_PORT: String(ports.admin),
      }),
    ] as const;
    // Should one fail, the others have ended or are known by the time that it is told.
    await Promise.allSettled(starts);
    const [ingestUrl, , adminUrl] = await Promise.all(starts);
    const webhookPath = `${ingestUrl}/api/v1/webhooks/avito/messages`;
    return {
      simulatorUrl,
      avitoBaseUrl,
      ingestUrl,
      adminUrl,
      webhookUrl: `${webhookPath}/${webhook.token}`,
      webhookUrlOf: ({ userId, token }) =>
        `${webhookPath}/${userId}${token === undefined ? '' : `/${token}`}`,
      firstEnd: Promise.race(apps.map((app) => app.ended.then(() => app.name))),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
