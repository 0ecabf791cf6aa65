import { cleanText } from '../text/normalize.ts';
import { splitSentences } from '../text/sentences.ts';
import { channelsIn, contactsIn } from './contacts.ts';
import { datesIn, isKnownDate } from './dates.ts';
import { dictatedWords } from './dictated.ts';
import { foreignWording } from './language.ts';
import { instructionLeak } from './leaks.ts';
import { misusedTokens } from './masked.ts';
import { denies, ungroundedPromises } from './promises.ts';
import { bareUnitsIn, type Quantity, quantitiesIn } from './quantities.ts';
import { scheduleIn, unknownSchedule } from './schedule.ts';

export const gateProblemKinds = [
  'number',
  'phone',
  'email',
  'link',
  'channel',
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
  const known = readText(source);
  const claimed = readText(answer);
  const said = readText(question);

  const values = (kind: GateProblem['kind'], found: readonly string[]): GateProblem[] =>
    [...new Set(found)].map((value) => ({ kind, value }));
  const sentences = splitSentences(answer);
  const affirmed = sentences.filter((sentence) => !denies(sentence)).join('\n');

  const problems: GateProblem[] = [
    ...(answer.trim() === '' ? [{ kind: 'empty' as const }] : []),
    ...(answer.length > MAX_LENGTH ? [{ kind: 'too-long' as const }] : []),
    ...(grounds.length === 0 ? [{ kind: 'no-source' as const }] : []),
    ...values('markup', MARKUP.exec(answer)?.slice(0, 1) ?? []),
    ...values(
      'number',
      claimed.quantities
        .filter((quantity) => !isGrounded(quantity, known) && !mayBeRepeated({ quantity, said, sentences }))
        .map(({ text }) => text),
    ),
    ...misusedTokens(answer),
    ...values('phone', without(claimed.phones, known.phones)),
    ...values('email', without(claimed.emails, known.emails)),
    ...values('link', without(claimed.links, known.links)),
    ...values('channel', without(channelsIn(affirmed), channelsIn(source))),
    ...values(
      'date',
      claimed.dates.filter((date) => !isKnownDate(date, [...known.dates, ...said.dates])),
    ),
    ...values('schedule', unknownSchedule(scheduleIn(affirmed), scheduleIn(source))),
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
      numbers: claimed.quantities.length,
      dates: claimed.dates.length,
      contacts: claimed.phones.length + claimed.emails.length + claimed.links.length,
      sources: grounds.length,
    },
  };
}

/** Contacts first, then dates, then numbers: each is taken out before the next is read. */
function readText(cleaned: string) {
  const { phones, emails, links, rest } = contactsIn(cleaned);
  const { dates, rest: withoutDates } = datesIn(rest);
  const quantities = quantitiesIn(withoutDates);
  return { phones, emails, links, dates, quantities, bareUnits: bareUnitsIn(withoutDates) };
}
type Read = ReturnType<typeof readText>;

const without = (claimed: readonly string[], known: readonly string[]) =>
  claimed.filter((value) => !known.includes(value));

/** The same amount in the same kind of unit; where one side names no unit, the same number. */
function isGrounded(claim: Quantity, known: Pick<Read, 'quantities' | 'bareUnits'>): boolean {
  return [...known.quantities, ...known.bareUnits].some((fact) =>
    claim.unit === undefined || fact.unit === undefined
      ? fact.number === claim.number
      : fact.unit === claim.unit && fact.amount === claim.amount,
  );
}

const MONEY = new Set(['rub', 'usd', 'eur', 'percent']);
// „в ваш бюджет 20 000 ₽“: his number is named as his.
const HIS_NUMBER =
  /бюджет|вы (?:писали|указали|назвали|предложили|предлагаете|спрашивали)|ваш\p{L}* (?:сумм|предложени|вариант)/iu;

/**
 * A number of the buyer's own. Prices and discounts only where they are turned down or named as his: „да, отдадим за
 * 500“ would be a price that no source knows, agreed to because he wrote it.
 */
function mayBeRepeated({
  quantity,
  said,
  sentences,
}: {
  quantity: Quantity;
  said: Read;
  sentences: readonly string[];
}): boolean {
  if (!isGrounded(quantity, { quantities: said.quantities, bareUnits: [] })) return false;
  if (quantity.unit === undefined || !MONEY.has(quantity.unit)) return true;
  return sentences
    .filter((sentence) => quantitiesIn(sentence).some(({ number }) => number === quantity.number))
    .every((sentence) => denies(sentence) || HIS_NUMBER.test(sentence));
}
