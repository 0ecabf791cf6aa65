import { expect, inject, test } from 'vitest';
import { openCampaignServices } from './open-services.ts';
import { usualCampaign } from './options.ts';
import { isPassed, runCampaign } from './run-campaign.ts';

// A Redis of its own is a part of it; where this run has none there is no server to start.
const withoutRedis = inject('redisUrl') === undefined;

test.skipIf(withoutRedis)(
  'a short campaign: nobody is answered twice or left out while everything breaks (skipped where no redis-server is on PATH)',
  async () => {
    const { databaseUrl } = inject('namedServices');
    const services = await openCampaignServices({
      environment: { PATH: process.env['PATH'], TEST_DATABASE_URL: databaseUrl },
      redis: 'single',
    });
    try {
      const report = await runCampaign(
        {
          ...usualCampaign,
          messages: 40,
          chats: 20,
          accounts: 1,
          perSecond: 6,
          settleSeconds: 2,
          settleMinutes: 2,
        },
        { services },
      );
      expect({ ...report.verdict, stories: report.stories }).toMatchObject({
        messages: 40,
        answeredTwice: 0,
        unanswered: 0,
        answeredOverOperator: 0,
        outOfOrder: 0,
      });
      expect(isPassed(report)).toBe(true);
    } finally {
      await services.stop();
    }
  },
  // On a machine that has much else to do it may take long to settle.
  240_000,
);
