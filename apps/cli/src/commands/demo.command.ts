import { randomInt } from 'node:crypto';

import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool, createRepositories } from '@avito-autoreply/database';
import { AppError } from '@avito-autoreply/runtime';
import { createConversationPrinter } from '../demo/print-conversation.ts';
import { playScenario } from '../demo/scenario.ts';
import { createSimulatorClient } from '../demo/simulator-client.ts';
import { type DemoSummary, isSound, summarize } from '../demo/summary.ts';
import { tableLines } from '../output/table.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Command, CommandContext } from '../run-command.ts';
import { syncSampleShop } from '../sample-shop.ts';
import { isWarning } from '../stack/app-log.ts';
import { baseEnvOf } from '../stack/child-env.ts';
import { DEMO_DATA_DIR } from '../stack/data-folders.ts';
import { newSecrets } from '../stack/local-secrets.ts';
import { openServices, type Services } from '../stack/services.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';

const ANSWER_TIMEOUT_MS = 30_000;
// Long enough for a second answer to show itself.
const SETTLE_MS = 2_500;

async function startDemoStack(
  { environment, terminal, onEnd, signal }: CommandContext,
  { services, accountId, isVerbose }: { services: Services; accountId: number; isVerbose: boolean },
): Promise<{ stack: Stack; simulatorUrl: string }> {
  const secrets = newSecrets();
  const account = { userId: accountId, clientId: 'demo', clientSecret: secrets.adminApiKey };
  const stack = await startStack({
    services,
    queuePrefix: `demo-${accountId}`,
    account,
    webhook: { secret: secrets.webhookToken, token: secrets.webhookToken },
    adminApiKey: secrets.adminApiKey,
    ports: { ingest: 0, worker: 0, admin: 0, simulator: 0 },
    baseEnv: baseEnvOf(environment, { LOG_FORMAT: 'pretty', LOG_LEVEL: isVerbose ? 'info' : 'error' }),
    extraEnv: { AVITO_RESPONSE_DELAY_SECONDS: '1' },
    signal,
    onLog: (app, line) => {
      if (isVerbose || isWarning(line)) terminal.note(`[${app}] ${line}`);
    },
  });
  onEnd(stack.stop);
  const { simulatorUrl } = stack;
  if (simulatorUrl === undefined)
    throw new AppError('the demo runs on the simulator only', { code: 'demo.no-simulator' });
  const avito = createAvitoClient({ baseUrl: simulatorUrl, credentials: account });
  await avito.registerWebhook({ userId: accountId, url: stack.webhookUrl });
  return { stack, simulatorUrl };
}

/** Never resolves; throws when what the demo stands on ends by itself. */
async function brokenBy(stack: Stack, services: Services): Promise<never> {
  const name = await Promise.race([stack.firstEnd, services.lost.then(() => 'an embedded service')]);
  throw new AppError(`${name} ended by itself; --verbose shows what the apps log`, {
    code: 'stack.app-ended',
  });
}

function printSummary(terminal: Terminal, summary: DemoSummary, seconds: number): void {
  const { milliseconds, ...counts } = summary;
  const labels: Record<keyof typeof counts, string> = {
    received: "buyers' messages received",
    answered: 'answered from the knowledge base, once',
    handedOff: 'answered by a prepared text and handed to a person',
    ignored: "Avito's own messages, left alone",
    rejected: 'webhooks with a bad signature, refused',
    duplicates: 'webhooks that came twice, recognised',
    unanswered: 'left without an answer',
    answeredTwice: 'answered twice',
  };
  const stages: Record<keyof typeof milliseconds, string> = {
    acknowledge: 'webhook acknowledged',
    receivedToStored: 'message → answer composed',
    storedToSent: 'answer composed → sent',
    receivedToSent: 'message → sent, quiet time of 1 s included',
  };
  const ms = (value: number | null) => (value === null ? '–' : `${value}`);
  terminal.line();
  for (const line of tableLines(
    Object.entries(labels).map(([name, label]) => [
      String(counts[name as keyof typeof counts]).padStart(4),
      label,
    ]),
  )) {
    terminal.line(line);
  }
  terminal.line();
  const header = ['milliseconds', 'p50', 'p95', 'max'];
  const rows = Object.entries(stages).map(([name, label]) => {
    const { p50, p95, max } = milliseconds[name as keyof typeof milliseconds];
    return [label, ms(p50), ms(p95), ms(max)];
  });
  for (const line of tableLines([header, ...rows])) terminal.line(line);
  terminal.line();
  terminal.line(
    isSound(summary)
      ? terminal.style(
          'green',
          `No message was lost, none was answered twice. ${seconds.toFixed(0)} s in all.`,
        )
      : terminal.style('red', 'A message was lost or answered twice.'),
  );
}

/** The whole path once, on this machine, with everything counted at the end. */
export function demo({ isVerbose }: { isVerbose: boolean }): Command {
  return async (context) => {
    const { environment, terminal, logger, onEnd, signal } = context;
    const startedAt = Date.now();
    const services = await openServices({
      environment,
      dataDir: DEMO_DATA_DIR,
      needsQueue: true,
      logger,
      signal,
    });
    onEnd(services.stop);
    terminal.line(services.description);
    // An account of its own per run: the figures count nothing of earlier ones.
    const accountId = randomInt(1_000_000_000, 9_000_000_000);
    const facts = await syncSampleShop({ databaseUrl: services.databaseUrl, accountId, logger });
    terminal.line(`sample shop: ${facts} sources in the knowledge base`);
    const { stack, simulatorUrl } = await startDemoStack(context, { services, accountId, isVerbose });
    terminal.line(
      `simulator, ingest, worker and admin are up after ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`,
    );
    terminal.line();

    const simulator = createSimulatorClient({ url: simulatorUrl, signal });
    const watching = new AbortController();
    await simulator.watch({
      until: AbortSignal.any([signal, watching.signal]),
      onEvent: createConversationPrinter({ terminal, startedAt: Date.now() }),
    });
    const play = async (): Promise<void> => {
      await playScenario(simulator);
      await simulator.waitUntilAnswered({ timeoutMs: ANSWER_TIMEOUT_MS, settleMs: SETTLE_MS });
    };
    await Promise.race([play(), brokenBy(stack, services)]).finally(() => watching.abort());

    const pool = createPool({ url: services.databaseUrl, max: 2, logger });
    onEnd(() => pool.end());
    const summary = await summarize({
      ledger: await simulator.ledger(),
      repositories: createRepositories(pool),
      accountId,
    });
    printSummary(terminal, summary, (Date.now() - startedAt) / 1_000);
    terminal.json(summary);
    return isSound(summary) ? 0 : 1;
  };
}
