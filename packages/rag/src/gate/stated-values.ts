import { splitSentences } from '../text/sentences.ts';
import { unknownAddresses } from './addresses.ts';
import { channelsIn, unknownHandles, unknownPlaces } from './channels.ts';
import { closedDatesIn, openOnClosed } from './closed-dates.ts';
import { isKnownDate } from './dates.ts';
import type { GateProblem } from './gate.ts';
import { numberProblems } from './numbers.ts';
import { affirmedParts } from './promises.ts';
import { type ContactsAndDates, contactsAndDatesIn, type Ground } from './read-ground.ts';
import { bareUnitsIn, quantitiesIn } from './quantities.ts';
import { allDays, daysIn, scheduleIn, unknownSchedule } from './schedule.ts';
import { tellingWords, withoutDays } from './words.ts';

/** Each kind and value once. */
export const problemsOf = (kind: GateProblem['kind'], found: readonly string[]): GateProblem[] =>
  [...new Set(found)].map((value) => ({ kind, value }));

/** Numbers, contacts, dates, days and addresses of a text that its sources do not hold. Texts are cleaned. */
export function valueProblems({
  text,
  question,
  grounds,
  source,
  before = [],
  told = [],
}: {
  text: string;
  question: string;
  /** What has been said in the chat before. */
  before?: readonly string[];
  /** What of it we said. */
  told?: readonly string[];
  grounds: readonly Ground[];
  source: string;
}): { problems: GateProblem[]; checked: { numbers: number; dates: number; contacts: number } } {
  const known = (kind: keyof ContactsAndDates) => grounds.flatMap(({ contacts }) => contacts[kind]);
  const claimed = contactsAndDatesIn(text);
  const said = contactsAndDatesIn(question);
  const sentences = splitSentences(text);
  const affirmed = sentences.map(affirmedParts);
  const ofSources = grounds.flatMap(({ words }) => words);
  const knownWords = [...ofSources, ...tellingWords(question)];
  const numbers = numberProblems({ answer: text, grounds, question, before, told });
  const datesOfSources = known('dates');
  const isHisDate = hisDates({ said, sentences });
  const unknownDates = claimed.dates.filter((date) => !isKnownDate(date, datesOfSources) && !isHisDate(date));
  return {
    problems: [
      ...numbers.problems,
      ...problemsOf('phone', without(claimed.phones, known('phones'))),
      ...problemsOf('email', without(claimed.emails, known('emails'))),
      ...problemsOf('link', without(claimed.links, known('links'))),
      ...problemsOf('channel', unknownChannels(affirmed.join('\n'), source)),
      ...problemsOf('channel', unknownPlaces({ text: affirmed.join('\n'), known: ofSources })),
      ...problemsOf('channel', unknownHandles({ text: affirmed.join('\n'), known: knownWords })),
      ...problemsOf('date', unknownDates),
      ...problemsOf('schedule', openOnClosed({ text, closed: closedDatesIn(source) })),
      ...problemsOf('address', unknownAddresses({ answer: text, source, question })),
      ...problemsOf('schedule', unknownDays({ affirmed, grounds, question })),
    ],
    checked: {
      numbers: numbers.checked,
      dates: claimed.dates.length,
      contacts: claimed.phones.length + claimed.emails.length + claimed.links.length,
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
  const dayBefore = [...daysIn(question)].map((day) => allDays[(allDays.indexOf(day) + 6) % 7]);
  return affirmed
    .flatMap((sentence) =>
      unknownSchedule({
        claimed: scheduleIn(sentence),
        words: [withoutDays(tellingWords(sentence)), asked],
        facts,
      }),
    )
    .filter((day) => !(DAY_BEFORE.test(affirmed.join('\n')) && dayBefore.some((each) => each === day)));
}

// The sources are long, and few answers name any.
function unknownChannels(text: string, source: string): string[] {
  const claimed = channelsIn(text);
  return claimed.length === 0 ? [] : without(claimed, channelsIn(source));
}

const without = (claimed: readonly string[], known: readonly string[]) =>
  claimed.filter((value) => !known.includes(value));

// „до 1 декабря“ is a term of ours, „15 июня подойдёт“ takes his day up.
const DAY_BEFORE = /(?<!\p{L})накануне(?!\p{L})/iu;
const DAY = 86_400_000;
const DAY_MINUTES = 1_440;
// Any leap year: all days are in it.
const LEAP_YEAR = 2024;
const timeOf = (date: string) => {
  const [day, month] = date.split('.').map(Number);
  return month === undefined ? Number.NaN : Date.UTC(LEAP_YEAR, month - 1, day);
};
const daysBetween = (date: string, his: string) => (timeOf(his) - timeOf(date)) / DAY;
const daysBefore = (sentence: string): number[] => [
  ...(DAY_BEFORE.test(sentence) ? [1] : []),
  ...[...quantitiesIn(sentence), ...bareUnitsIn(sentence)].flatMap(({ unit, amount = 0 }) =>
    unit === 'minutes' && amount >= DAY_MINUTES ? [amount / DAY_MINUTES] : [],
  ),
];
const CLAUSE = /[,;:()—–\n]/u;
const TERM = /(?<!\p{L})(?:до|по|с|акци\p{L}*|скидк\p{L}*)(?!\p{L})/iu;

/** Whether a date is the buyer's own; read once for all dates of the answer. */
function hisDates({
  said,
  sentences,
}: {
  said: ContactsAndDates;
  sentences: readonly string[];
}): (date: string) => boolean {
  if (said.dates.length === 0) return () => false;
  // „За две недели, то есть до 27 мая“, „накануне“ of the buyer's own date.
  const spans = new Set(sentences.flatMap(daysBefore));
  const clauses = sentences
    .flatMap((sentence) => sentence.split(CLAUSE))
    .map((clause) => ({ dates: contactsAndDatesIn(clause).dates, isTerm: TERM.test(clause) }));
  return (date) =>
    said.dates.some((his) => spans.has(daysBetween(date, his))) ||
    (isKnownDate(date, said.dates) &&
      clauses.every(({ dates, isTerm }) => !isTerm || !isKnownDate(date, dates)));
}
