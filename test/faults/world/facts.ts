import { createKnowledgeRepositories, type Pool } from '@avito-autoreply/database';
import { syncKnowledge } from '@avito-autoreply/rag';

/** Longer than this a text leaves in several messages: Avito's bound for one. */
const PART_CHARACTERS = 1_000;

/** Shorter numbers are too common a word to search by. */
export const FIRST_FACT = 101;
// Numbers are words of their own to the search: a position must not look like a fact.
const FIRST_POSITION = 5_001;

/** Where in a fact a stretch of text comes from: `я117ч5003` is in fact 117. */
export type Mark = { fact: number; position: number };

// Ten facts at a time share these words, so that a turn of several questions is still covered, for the most part, by the
// answer to one of them: else a model that fails would mean a hand-off.
const placeOf = (fact: number): string =>
  ['склад', 'зал', 'ряд', 'шкаф', 'полка', 'стенд', 'ящик', 'короб']
    .map((word, index) => `${word} 8${Math.floor(fact / 10)}${index}`)
    .join(' ');

/** What a buyer asks to be told fact number `fact`. No two facts share the word that is asked for. */
export const questionAbout = (fact: number): string => `Что лежит: ${placeOf(fact)}, ячейка я${fact}?`;

/**
 * One sentence with a mark every dozen characters, so that each message, and each part of one, says by itself what it
 * answers and where it belongs. No second sentence: an honest model quotes one.
 */
export function textOf({ fact, parts }: { fact: number; parts: number }): string {
  const length = (parts - 1) * PART_CHARACTERS + 120;
  let text = `Ячейка я${fact}, ${placeOf(fact)}:`;
  for (let position = FIRST_POSITION; text.length < length; position += 1)
    text += ` предмет я${fact}ч${position},`;
  return `${text} и больше ничего.`;
}

export function marksIn(text: string): Mark[] {
  return [...text.matchAll(/я(\d+)ч(\d+)/g)].map(([, fact, position]) => ({
    fact: Number(fact),
    position: Number(position),
  }));
}

/** Every third fact is long: two messages, or three. */
const partsOf = (fact: number): number => (fact % 3 === 0 ? 2 + (fact % 2) : 1);

/** Gives an account a knowledge base of so many facts, numbered from FIRST_FACT. */
export async function syncFacts({
  pool,
  accountId,
  facts,
  partsOf: howManyParts = partsOf,
}: {
  pool: Pool;
  accountId: number;
  facts: number;
  partsOf?: (fact: number) => number;
}): Promise<void> {
  const rows = Array.from({ length: facts }, (_none, index) => {
    const fact = FIRST_FACT + index;
    return `${questionAbout(fact)};${textOf({ fact, parts: howManyParts(fact) })}`;
  });
  await syncKnowledge(
    { store: createKnowledgeRepositories(pool) },
    {
      accountId,
      sources: [
        { key: 'facts.csv', kind: 'table', name: 'facts', text: ['вопрос;ответ', ...rows].join('\n') },
      ],
    },
  );
}
