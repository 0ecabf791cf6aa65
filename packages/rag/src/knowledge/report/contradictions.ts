import { candidatePairs, hashText, jaccard, signatureOf, type Signature } from './min-hash.ts';
import { byPlace, type Place, type ReportChunk } from './report-chunk.ts';
import type { Turns } from './turns.ts';
import { type Statement, statementsOf } from './statements.ts';
import type { ValueKind } from './values-in.ts';

export type Contradiction = {
  kind: ValueKind;
  /** What each place says, the sentence in the place of the whole text. */
  places: [Place & { value: string }, Place & { value: string }];
};

/** Share of common words from which two sentences speak about the same. */
const SAME_SUBJECT = 0.75;
/** And of the questions that they answer. */
const SAME_QUESTION = 0.6;
const PLACES = 16;
const ROWS = 2;
const COMPARED_WITH = 16;

type Placed = Statement & Pick<ReportChunk, 'place' | 'position' | 'itemId'>;

/** Sentences that speak about the same and name different values. Linear in the number of sentences. */
export function createContradictionFinder() {
  const statements: { placed: Placed; signature: Signature }[] = [];
  return {
    add: (chunk: ReportChunk): void => {
      for (const statement of statementsOf(chunk)) {
        if (statement.subject.size === 0) continue;
        // Only statements of one kind with the same exact words may meet in a bucket.
        const salt = `${statement.kind} ${statement.exact} `;
        const { place, position, itemId } = chunk;
        statements.push({
          placed: { ...statement, place, position, itemId },
          signature: signatureOf(
            [...statement.subject].map((word) => hashText(salt + word)),
            PLACES,
          ),
        });
      }
    },
    pairs: async (limit: number, turns: Turns): Promise<{ pairs: Contradiction[]; isCut: boolean }> => {
      const found = new Map<string, Contradiction>();
      const ordered = statements.toSorted((a, b) => byPlace(a.placed, b.placed));
      for await (const [a, b] of candidatePairs({
        signatures: ordered.map(({ signature }) => signature),
        rows: ROWS,
        comparedWith: COMPARED_WITH,
        turns,
      })) {
        const [one, other] = [ordered[a]?.placed, ordered[b]?.placed];
        if (one === undefined || other === undefined || !contradict(one, other)) continue;
        if (found.size >= limit) return { pairs: [...found.values()], isCut: true };
        // The overlap of neighbouring chunks says a sentence twice.
        const key = [one, other]
          .map(({ place, sentence }) => `${place.sourceKey}\n${sentence}`)
          .toSorted()
          .join('\n');
        found.set(key, { kind: one.kind, places: [placeOf(one), placeOf(other)] });
      }
      return { pairs: [...found.values()], isCut: false };
    },
  };
}

function contradict(a: Placed, b: Placed): boolean {
  if (a.kind !== b.kind || a.values === b.values || a.exact !== b.exact) return false;
  // Each listing has a price of its own.
  if (a.itemId !== b.itemId && a.itemId !== null && b.itemId !== null) return false;
  if (jaccard(a.subject, b.subject) < SAME_SUBJECT || areVariants(a, b)) return false;
  // „700 рублей в день“ answers many questions.
  if (a.isAnswer && b.isAnswer)
    return jaccard(a.section, b.section) >= SAME_QUESTION && mayBeOfOne(a.under, b.under);
  return a.section.size === 0 || b.section.size === 0 || speakOfOne(a, b);
}

/** „Массаж 30 минут — 1 200 ₽“ and „массаж 1 час — 2 000 ₽“: both are right. */
const areVariants = (a: Placed, b: Placed): boolean =>
  [...a.beside].some(([kind, ofA]) => {
    const ofB = b.beside.get(kind);
    if (ofB === undefined || ofA.values === ofB.values) return false;
    return [a, b, ofA, ofB].some(({ isVariant }) => isVariant);
  });

/** The headings have a word in common, or one names what the other's sentence does. */
function speakOfOne(a: Placed, b: Placed): boolean {
  const ofB = new Set([...b.section, ...b.subject]);
  const ofA = new Set([...a.section, ...a.subject]);
  return [...a.section].some((word) => ofB.has(word)) || [...b.section].some((word) => ofA.has(word));
}

const mayBeOfOne = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === 0 || b.size === 0 || [...a].some((word) => b.has(word));

const placeOf = ({ place, sentence, values }: Placed) => ({ ...place, text: sentence, value: values });
