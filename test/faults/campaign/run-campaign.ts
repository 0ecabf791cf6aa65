import { createAvitoClient } from '@avito-autoreply/avito';
import { createPool, type Pool } from '@avito-autoreply/database';
import { silentLogger, sleep } from '@avito-autoreply/runtime';
import { createSimulator } from '@avito-autoreply/simulator';
import { type Mishap, planChaos } from '../chaos/plan-chaos.ts';
import { factsNeeded, planConversations } from '../chaos/plan-conversations.ts';
import { isFlawless, judge, type Verdict } from '../judge/judge.ts';
import { problemKinds, type Records } from '../judge/records.ts';
import { newAccount } from '../world/account.ts';
import { tellChat } from '../world/chat-story.ts';
import { syncFacts } from '../world/facts.ts';
import { countOpenWork, readKept, readLedger, readTurns } from '../world/read-records.ts';
import { serve } from '../world/serve.ts';
import { avitoFaults, avitoManners, soundManners } from './avito-faults.ts';
import { type Candidate, ours } from './candidates.ts';
import { everyLink } from './links.ts';
import type { CampaignServices } from './open-services.ts';
import type { CampaignOptions } from './options.ts';
import { startApps } from './start-apps.ts';
import { tellStory } from './tell-story.ts';
import { wreakHavoc } from './wreak-havoc.ts';

export type CampaignReport = {
  candidate: string;
  options: CampaignOptions;
  services: string;
  verdict: Verdict;
  /** What went wrong of itself and of ours, by kind. */
  kills: number;
  mishaps: Record<string, number>;
  avitoFaults: Record<string, number>;
  deliveries: Record<string, number>;
  /** Ended by themselves, or did not start. */
  restarts: Record<string, { endedByItself: number; failedStarts: number }>;
  /** From the end of the chaos until nothing was open any more; undefined when that never came. */
  settledAfterMs: number | undefined;
  warnings: Record<string, number>;
  /** Some of the chats in which something went wrong, line by line. */
  stories: Record<string, string[]>;
};

const STORIES = 6;
const LOOK_EVERY_MS = 2_000;
/**
 * What we promise: after a kill the next action comes within 10 s. What a webhook has accepted may wait so
 * long for the worker that takes it in, and a POST that began before lasts 10 s more.
 */
const GRACE_MS = 20_000;

/** Plays one campaign on the services given. The same options give the same conversations and the same chaos. */
export async function runCampaign(
  options: CampaignOptions,
  {
    services,
    candidate = ours,
    onProgress = () => {},
  }: { services: CampaignServices; candidate?: Candidate; onProgress?: (line: string) => void },
): Promise<CampaignReport> {
  const { seed, messages, chats, perSecond } = options;
  const lines = planConversations({ seed, messages, chats, perSecond });
  const durationMs = lines.at(-1)?.atMs ?? 0;
  // The nodes of a cluster are known by their own addresses: no proxy sees what goes there.
  const disturbs = ({ kind, target }: Mishap): boolean =>
    !kind.includes('link') || target !== 'redis' || services.redis.isProxied;
  const mishaps = options.chaos ? planChaos({ seed, durationMs }).filter(disturbs) : [];

  const accounts = Array.from({ length: options.accounts }, newAccount);
  const accountIds = accounts.map(({ userId }) => userId);
  const simulator = createSimulator({ seed });
  const { control, ledger } = simulator;
  for (const account of accounts) control.addAccount({ id: account.userId, ...account });
  const stand = await serve(simulator.app);
  const pool = createPool({ url: services.databaseUrl, max: 4, logger: silentLogger });
  for (const accountId of accountIds) await syncFacts({ pool, accountId, facts: factsNeeded(lines) });

  const apps = await startApps({
    accounts,
    seed,
    services,
    simulatorUrl: stand.url,
    settleSeconds: options.settleSeconds,
    mains: candidate.mains,
  });
  for (const account of accounts) {
    const avito = createAvitoClient({ baseUrl: stand.url, credentials: account });
    await avito.registerWebhook({ userId: account.userId, url: apps.webhookUrl(account) });
  }

  const readAll = (): Records => {
    const records = accountIds.map((accountId) => readLedger({ simulator, accountId }));
    return {
      asked: records.flatMap(({ asked }) => asked),
      said: records.flatMap(({ said }) => said),
    };
  };
  const look = async (): Promise<{ verdict: Verdict; open: number }> => {
    const rules = { graceMs: GRACE_MS, ownFact: !candidate.hasRows };
    if (!candidate.hasRows) return { verdict: judge(readAll(), rules), open: 0 };
    const kept = await Promise.all(accountIds.map((accountId) => readKept({ pool, accountId })));
    const turns = await Promise.all(accountIds.map((accountId) => readTurns({ pool, accountId })));
    const open = await Promise.all(accountIds.map((accountId) => countOpenWork({ pool, accountId })));
    return {
      verdict: judge(
        {
          ...readAll(),
          kept: new Map(kept.flatMap((rows) => [...rows])),
          turns: new Map(turns.flatMap((rows) => [...rows])),
        },
        rules,
      ),
      open: open.reduce((sum, count) => sum + count, 0),
    };
  };

  if (options.chaos) {
    control.changeSwitches(avitoManners);
    for (const fault of avitoFaults) control.addFault(fault);
  }
  onProgress(
    `writing ${messages} messages over ${Math.round(durationMs / 1_000)} s, ${mishaps.length} mishaps`,
  );
  const [happened] = await Promise.all([
    wreakHavoc(mishaps, {
      processes: apps.processes,
      links: apps.links,
      flush: services.redis.flush,
      control,
    }),
    tellStory(lines, { control, accountIds }),
  ]);
  const struck = Object.fromEntries(control.faults().map(({ id, struck }) => [id, struck]));
  control.clearFaults();
  control.changeSwitches(soundManners);
  await everyLink(apps.links, (link) => link.heal());
  // The last kill may be of now, and what it hit is to come back yet.
  await Promise.all(Object.values(apps.processes).map((each) => each.whenUp()));

  const chaosEnded = Date.now();
  const end = chaosEnded + options.settleMinutes * 60_000;
  let settledAfterMs: number | undefined;
  let quietSince = Date.now();
  let sends = -1;
  let { verdict, open } = await look();
  while (Date.now() < end) {
    const now = ledger.sends().length;
    if (now !== sends || open > 0 || (candidate.hasRows && verdict.unanswered > 0)) quietSince = Date.now();
    sends = now;
    if (Date.now() - quietSince >= candidate.quietMs) {
      settledAfterMs = quietSince - chaosEnded;
      break;
    }
    onProgress(`settling: ${verdict.unanswered} unanswered, ${open} open`);
    await sleep(LOOK_EVERY_MS);
    ({ verdict, open } = await look());
  }

  const report: CampaignReport = {
    candidate: candidate.name,
    options,
    services: services.description,
    verdict,
    kills: Object.values(apps.processes).reduce((sum, { counts }) => sum + counts.kills, 0),
    mishaps: happened,
    avitoFaults: struck,
    deliveries: ledger.summary().deliveryOutcomes,
    restarts: Object.fromEntries(
      Object.entries(apps.processes).map(([name, { counts }]) => [
        name,
        { endedByItself: counts.endedByItself, failedStarts: counts.failedStarts },
      ]),
    ),
    settledAfterMs,
    warnings: apps.warnings,
    stories: await storiesOf(verdict, { pool, records: readAll() }),
  };
  await apps.stop();
  await simulator.close();
  await stand.close();
  await pool.end();
  return report;
}

/** What is rare and grave first: there may be hundreds without an answer. */
async function storiesOf(
  { problems }: Verdict,
  { pool, records }: { pool: Pool; records: Records },
): Promise<Record<string, string[]>> {
  const kinds = problemKinds.map((kind) => problems.filter((problem) => problem.kind === kind));
  const chatIds = new Set(kinds.flatMap((each) => each.slice(0, STORIES / 2).map(({ chatId }) => chatId)));
  const stories = [...chatIds]
    .slice(0, STORIES)
    .map(async (chatId) => [chatId, await tellChat({ pool, chatId, records })] as const);
  return Object.fromEntries(await Promise.all(stories));
}

export const isPassed = ({ verdict, settledAfterMs }: CampaignReport): boolean =>
  isFlawless(verdict) && settledAfterMs !== undefined;
