import { cleanText } from '../text/normalize.ts';
import { splitSentences } from '../text/sentences.ts';
import { channelsIn } from './contacts.ts';
import { isKnownDate } from './dates.ts';
import { dictatedWords } from './dictated.ts';
import { foreignWording } from './language.ts';
import { instructionLeak } from './leaks.ts';
import { misusedTokens } from './masked.ts';
import { unknownAddresses } from './addresses.ts';
import { affirmedParts, ungroundedPromises } from './promises.ts';
import { numberProblems } from './numbers.ts';
import { type ContactsAndDates, contactsAndDatesIn, type Ground, readGround } from './read-ground.ts';
import { scheduleIn, unknownSchedule } from './schedule.ts';
import { tellingWords, withoutDays } from './words.ts';

export const gateProblemKinds = [
  'number',
  'misplaced',
  'phone',
  'email',
  'link',
  'channel',
  'address',
  'date',
  'schedule',
  'promise',
  'leak',
  'dictated',
  'language',
  'markup',
  'too-long',
  'empty',
  'no-source',
] as const;

export type GateProblem = {
  kind: (typeof gateProblemKinds)[number];
  /** What was found and has no ground. */
  value?: string | undefined;
};

/** What was looked at, and what is wrong with it; nothing when the answer may go out. */
export type GateReport = {
  problems: GateProblem[];
  checked: { numbers: number; dates: number; contacts: number; sources: number };
};

type GateInput = {
  answer: string;
  /** Texts of the cited passages and of the listing. */
  grounds: readonly string[];
  question: string;
  /** What the model was told about its work, none of which may show. */
  instructions?: string | undefined;
};

const MAX_LENGTH = 3_000;
const MARKUP = /```|\*\*|__|^#{1,6}\s|^\s*\|.*\|\s*$|\[[^\]]+\]\([^)]+\)|<\/?[a-z][^>]*>|&[a-z]+;/imu;

/**
 * The check between a model and the buyer, all of it in code: a prompt is not a check. Each number with its unit, price,
 * date, day, phone, address and link of the answer occurs in what it cites or in the listing; it promises nothing that
 * they do not; it shows nothing of the instructions; it is plain text in the buyer's language. What the buyer said
 * himself may be repeated, as long as it is not agreed to as a price.
 */
export function checkAnswer({
  answer: given,
  grounds,
  question: asked,
  instructions = '',
}: GateInput): GateReport {
  const answer = cleanText(given);
  const question = cleanText(asked);
  const source = cleanText(grounds.join('\n'));
  const read = grounds.map((ground) => readGround(cleanText(ground)));
  const known = (kind: keyof ContactsAndDates) => read.flatMap(({ contacts }) => contacts[kind]);
  const claimed = contactsAndDatesIn(answer);
  const said = contactsAndDatesIn(question);

  const values = (kind: GateProblem['kind'], found: readonly string[]): GateProblem[] =>
    [...new Set(found)].map((value) => ({ kind, value }));
  const sentences = splitSentences(answer);
  const affirmed = sentences.map(affirmedParts);

  const numbers = numberProblems({ answer, grounds: read, question });
  const problems: GateProblem[] = [
    ...(answer.trim() === '' ? [{ kind: 'empty' as const }] : []),
    ...(answer.length > MAX_LENGTH ? [{ kind: 'too-long' as const }] : []),
    ...(grounds.length === 0 ? [{ kind: 'no-source' as const }] : []),
    ...values('markup', MARKUP.exec(answer)?.slice(0, 1) ?? []),
    ...numbers.problems,
    ...misusedTokens(answer),
    ...values('phone', without(claimed.phones, known('phones'))),
    ...values('email', without(claimed.emails, known('emails'))),
    ...values('link', without(claimed.links, known('links'))),
    ...values('channel', without(channelsIn(affirmed.join('\n')), channelsIn(source))),
    ...values(
      'date',
      claimed.dates.filter(
        (date) => !isKnownDate(date, known('dates')) && !isHisDate({ date, said, sentences }),
      ),
    ),
    ...values('address', unknownAddresses(answer, source)),
    ...values('schedule', unknownDays({ affirmed, grounds: read, question })),
    ...values(
      'promise',
      ungroundedPromises({ sentences, grounds: source, asked: question }).map(({ text }) => text),
    ),
    ...values(
      'leak',
      [instructionLeak({ answer, instructions, grounds: source })].flatMap((leak) => leak ?? []),
    ),
    ...values(
      'dictated',
      [dictatedWords({ answer, question, grounds: source })].flatMap((words) => words ?? []),
    ),
    ...values(
      'language',
      [foreignWording({ answer, question, grounds: source })].flatMap((text) => text ?? []),
    ),
  ];
  return {
    problems,
    checked: {
      numbers: numbers.checked,
      dates: claimed.dates.length,
      contacts: claimed.phones.length + claimed.emails.length + claimed.links.length,
      sources: grounds.length,
    },
  };
}

function unknownDays({
  affirmed,
  grounds,
  question,
}: {
  affirmed: readonly string[];
  grounds: readonly Ground[];
  question: string;
}): string[] {
  const facts = grounds.flatMap(({ timetable }) => timetable);
  const asked = withoutDays(tellingWords(question));
  return affirmed.flatMap((sentence) =>
    unknownSchedule({
      claimed: scheduleIn(sentence),
      words: [withoutDays(tellingWords(sentence)), asked],
      facts,
    }),
  );
}

const without = (claimed: readonly string[], known: readonly string[]) =>
  claimed.filter((value) => !known.includes(value));

// „до 1 декабря“ is a term of ours, „15 июня подойдёт“ takes his day up.
const TERM = /(?<!\p{L})(?:до|по|с|акци\p{L}*|скидк\p{L}*)(?!\p{L})/iu;

function isHisDate({
  date,
  said,
  sentences,
}: {
  date: string;
  said: ContactsAndDates;
  sentences: readonly string[];
}): boolean {
  if (!isKnownDate(date, said.dates)) return false;
  return sentences
    .filter((sentence) => isKnownDate(date, contactsAndDatesIn(sentence).dates))
    .every((sentence) => !TERM.test(sentence));
}
