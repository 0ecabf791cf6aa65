import type { CampaignReport } from './run-campaign.ts';

const seconds = (ms: number | undefined): string =>
  ms === undefined ? 'never' : `${(ms / 1_000).toFixed(1)} s`;
const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

// Enough to see a pattern; --json has them all.
const SHOWN_PROBLEMS = 10;

/** The report as people read it. */
export function printReport(report: CampaignReport): string {
  const { options, verdict, settledAfterMs } = report;
  const { p50, p95, max } = verdict.settleMs;
  return [
    `${report.candidate}, seed ${options.seed}: ${options.messages} messages, ${options.chats} chats, ${options.accounts} accounts, ${options.perSecond} messages/s`,
    `services: ${report.services}`,
    `kills: ${report.kills}`,
    `mishaps: ${listed(report.mishaps)}`,
    `faults of Avito and the model: ${listed(report.avitoFaults)}`,
    `webhook deliveries: ${listed(report.deliveries)}`,
    '',
    `answered once            ${verdict.answeredOnce}`,
    `with an operator         ${verdict.withOperator}`,
    `held for a person        ${verdict.handedOff}`,
    `given up on, with a person ${verdict.givenUp}`,
    `answered twice           ${verdict.answeredTwice}`,
    `unanswered               ${verdict.unanswered}   (${listed(verdict.unansweredBecause)})`,
    `answered over an operator ${verdict.answeredOverOperator}`,
    `out of order             ${verdict.outOfOrder}`,
    `copies deleted again     ${verdict.copiesDeleted}`,
    `time to the answer       p50 ${seconds(p50)}, p95 ${seconds(p95)}, max ${seconds(max)}`,
    `settled after the chaos  ${seconds(settledAfterMs)}`,
    ...verdict.problems
      .slice(0, SHOWN_PROBLEMS)
      .map(({ kind, chatId, messageId, detail }) => `  ${kind}: ${chatId} ${messageId}: ${detail}`),
    ...Object.entries(report.stories).flatMap(([chatId, lines]) => ['', `chat ${chatId}`, ...lines]),
  ].join('\n');
}
