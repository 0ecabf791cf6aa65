import { type Facts, factsIn } from './facts.ts';

export type GateProblem = {
  kind: 'number' | 'phone' | 'email' | 'link' | 'markup' | 'too-long' | 'empty' | 'no-source';
  /** What was found and has no ground. */
  value?: string | undefined;
};

const MAX_LENGTH = 3_000;
const MARKUP = /```|\*\*|__|^#{1,6}\s|^\s*\|.*\|\s*$|\[[^\]]+\]\([^)]+\)|<\/?[a-z][^>]*>|&[a-z]+;/imu;

/**
 * The check between a model and the buyer: each number, price, phone, e-mail address and link of the answer occurs in
 * what it cites, in the listing or in the buyer's own message, and the text is plain. Returns what is wrong; nothing
 * when the answer may go out. A prompt is not a check, so nothing here relies on what the model was told.
 */
export function checkAnswer({
  answer,
  grounds,
  question,
}: {
  answer: string;
  /** Texts of the cited passages and of the listing. */
  grounds: readonly string[];
  question: string;
}): GateProblem[] {
  const problems: GateProblem[] = [];
  if (answer.trim() === '') problems.push({ kind: 'empty' });
  if (answer.length > MAX_LENGTH) problems.push({ kind: 'too-long' });
  if (grounds.length === 0) problems.push({ kind: 'no-source' });
  const markup = MARKUP.exec(answer);
  if (markup !== null) problems.push({ kind: 'markup', value: markup[0] });

  const claimed = factsIn(answer);
  const known = mergeFacts([...grounds, question].map(factsIn));
  const missing = (kind: GateProblem['kind'], values: readonly string[], allowed: readonly string[]) => {
    const allowedSet = new Set(allowed);
    problems.push(...values.filter((value) => !allowedSet.has(value)).map((value) => ({ kind, value })));
  };
  missing('number', claimed.numbers, known.numbers);
  missing('phone', claimed.phones, known.phones);
  missing('email', claimed.emails, known.emails);
  missing('link', claimed.links, known.links);
  return problems;
}

function mergeFacts(all: readonly Facts[]): Facts {
  return {
    numbers: all.flatMap(({ numbers }) => numbers),
    phones: all.flatMap(({ phones }) => phones),
    emails: all.flatMap(({ emails }) => emails),
    links: all.flatMap(({ links }) => links),
  };
}
