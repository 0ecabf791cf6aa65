import { expect, test } from 'vitest';
import { startPage } from './start-page.ts';

const counts = { waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 };
const queues = {
  'webhook-events': counts,
  replies: { ...counts, failed: 1_234 },
  sends: counts,
  knowledge: counts,
  maintenance: counts,
};

test('a queue with failures stands out', () => {
  expect(startPage({ queues, accounts: [], alerts: [] }).markup).toMatch(/class="bad">1\s234</);
});

test('a bound that was reached is shown as such', () => {
  const account = {
    userId: 7,
    name: 'Техника',
    waiting: 0,
    withHuman: { count: 1_000, isMore: true },
    unanswered: 0,
    drafts: 0,
    unknownSends: 0,
    gaps: { total: 7, top: [{ question: 'Есть <трейд-ин>?', count: 12, lastSeenAt: new Date() }] },
  };
  const { markup } = startPage({ queues, accounts: [account], alerts: [] });
  expect(markup).toMatch(/1\s000\+/);
  expect(markup).toContain('Аккаунт «Техника» 7');
  expect(markup).toContain('Вопросы без ответа: 7');
  expect(markup).toContain('Есть &lt;трейд-ин&gt;?');
});

test('what does not answer is named, and the rest is shown', () => {
  const { markup } = startPage({ queues: undefined, accounts: undefined, alerts: undefined });
  expect(markup).toContain('Очередь сейчас не отвечает');
  expect(markup).toContain('База данных сейчас не отвечает');
  expect(markup).toContain('/api/docs');
});
