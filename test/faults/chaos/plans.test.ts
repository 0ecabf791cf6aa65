import { describe, expect, test } from 'vitest';
import { planChaos } from './plan-chaos.ts';
import { factsNeeded, planConversations } from './plan-conversations.ts';

const conversations = (seed: string) =>
  planConversations({ seed, messages: 1_000, chats: 50, perSecond: 10 });

describe('what people do', () => {
  const lines = conversations('7');

  test('a seed tells the same story again, and another seed another one', () => {
    expect(conversations('7')).toEqual(lines);
    expect(conversations('8')).not.toEqual(lines);
  });

  test('as many messages as asked for, in the order of time, some added while an answer is on its way', () => {
    const buyers = lines.filter(({ kind }) => kind === 'buyer');
    expect(buyers).toHaveLength(1_000);
    expect(lines.map(({ atMs }) => atMs)).toEqual(lines.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    const soonAgain = buyers.filter((line, index) =>
      buyers.slice(index + 1).some((next) => next.chat === line.chat && next.atMs - line.atMs < 4_000),
    );
    expect(soonAgain.length).toBeGreaterThan(150);
  });

  test('in one chat no fact is asked for twice, and they are numbered as they come', () => {
    for (let chat = 0; chat < 50; chat += 1) {
      const facts = lines.flatMap((line) => (line.kind === 'buyer' && line.chat === chat ? [line.fact] : []));
      expect(facts).toEqual(facts.map((_fact, index) => 101 + index));
    }
    expect(factsNeeded(lines)).toBeGreaterThanOrEqual(20);
  });

  test('operators step in now and then, once per chat', () => {
    const operators = lines.flatMap(({ kind, chat }) => (kind === 'operator' ? [chat] : []));
    expect(operators.length).toBeGreaterThan(5);
    expect(new Set(operators).size).toBe(operators.length);
  });
});

describe('what goes wrong', () => {
  const mishaps = planChaos({ seed: '7', durationMs: 600_000 });

  test('a seed brings the same mishaps again, and another seed others', () => {
    expect(planChaos({ seed: '7', durationMs: 600_000 })).toEqual(mishaps);
    expect(planChaos({ seed: '8', durationMs: 600_000 })).not.toEqual(mishaps);
  });

  test('every process is killed and paused, Redis flushed, every link disturbed, within the time', () => {
    const seen = new Set(mishaps.map(({ kind, target }) => `${kind} ${target}`));
    for (const target of ['ingest', 'worker-1', 'worker-2', 'redis', 'postgres']) {
      expect(seen).toContain(`kill ${target}`);
      expect(seen).toContain(`pause ${target}`);
    }
    for (const target of ['webhook', 'redis', 'postgres', 'avito', 'model'])
      expect(seen).toContain(`link ${target}`);
    expect(seen).toContain('flush redis');
    expect(mishaps.every(({ atMs }) => atMs < 600_000)).toBe(true);
  });

  test('nothing happens to a process that is down or paused already', () => {
    const onWorker = mishaps.filter(({ target }) => target === 'worker-1');
    for (const [index, mishap] of onWorker.entries()) {
      const next = onWorker[index + 1];
      const end = mishap.atMs + ('forMs' in mishap ? mishap.forMs : 0);
      expect(next?.atMs ?? Infinity).toBeGreaterThanOrEqual(end);
    }
  });
});
