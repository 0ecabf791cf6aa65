import { FIRST_FACT } from '../world/facts.ts';
import { createDice } from './dice.ts';

/** What people do. `atMs` counts from the beginning of the campaign. */
export type Line =
  | { atMs: number; chat: number; kind: 'buyer'; fact: number }
  | { atMs: number; chat: number; kind: 'operator' };

type Conversations = { seed: string; messages: number; chats: number; perSecond: number };

// Somebody who writes on while he is being answered: within the wait, the composing or the sending.
const ADDS_ANOTHER = 0.25;
const ADDS_WITHIN_MS = [100, 4_000] as const;
const OPERATOR_STEPS_IN = 0.02;
const OPERATOR_WITHIN_MS = [100, 5_000] as const;

/** Who writes what and when, in the order of time. In one chat no fact is asked for twice, and an operator steps in once. */
export function planConversations({ seed, messages, chats, perSecond }: Conversations): Line[] {
  const dice = createDice(seed, 'conversations');
  const lines: Line[] = [];
  const asked = Array.from({ length: chats }, () => 0);
  const taken = new Set<number>();
  let atMs = 0;
  const buyerWrites = (chat: number, at: number): void => {
    lines.push({ atMs: at, chat, kind: 'buyer', fact: 0 });
    if (taken.has(chat) || !dice.chance(OPERATOR_STEPS_IN)) return;
    taken.add(chat);
    lines.push({ atMs: at + dice.between(...OPERATOR_WITHIN_MS), chat, kind: 'operator' });
  };
  for (let written = 0; written < messages; written += 1) {
    atMs += dice.wait(1_000 / perSecond);
    const chat = dice.below(chats);
    buyerWrites(chat, atMs);
    if (written + 1 < messages && dice.chance(ADDS_ANOTHER)) {
      written += 1;
      buyerWrites(chat, atMs + dice.between(...ADDS_WITHIN_MS));
    }
  }
  // Numbered in the order in which they are written, so that the order of answers can be told from their texts.
  return lines
    .toSorted((left, right) => left.atMs - right.atMs)
    .map((line) => {
      if (line.kind === 'operator') return line;
      const nth = asked[line.chat] ?? 0;
      asked[line.chat] = nth + 1;
      return { ...line, fact: FIRST_FACT + nth };
    });
}

/** How many facts the knowledge base must hold for the plan. */
export const factsNeeded = (lines: readonly Line[]): number =>
  Math.max(...lines.map((line) => (line.kind === 'buyer' ? line.fact - FIRST_FACT + 1 : 0)), 1);
