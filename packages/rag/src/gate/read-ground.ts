import { splitSentences } from '../text/sentences.ts';
import { contactsIn } from './contacts.ts';
import { datesIn } from './dates.ts';
import { type Assertion, assertionsIn } from './assertions.ts';
import { type Frequency, frequenciesIn } from './frequencies.ts';
import { type Given, givenIn } from './inclusions.ts';
import { daysIn, type ScheduleFact, scheduleIn } from './schedule.ts';
import { affirmedParts, isDenied, named } from './promises.ts';
import { type Offer, offersIn } from './offers.ts';
import { type Restriction, restrictionsIn } from './restrictions.ts';
import { type Statement, statementsIn } from './statements.ts';
import { type Urgency, urgenciesIn } from './urgency.ts';
import { allNamesIn, dayOf, tellingWords, withoutDays } from './words.ts';

/** What one source says, read once: the same passages bear out one answer after the other. */
export type Ground = {
  statements: readonly Statement[];
  timetable: readonly ScheduleFact[];
  words: readonly string[];
  contacts: ContactsAndDates;
  assertions: readonly Assertion[];
  offers: readonly Offer[];
  restrictions: readonly Restriction[];
  urgencies: readonly Urgency[];
  /** What it is about, and what all of its sentences affirm. */
  about: string;
  affirmed: readonly string[];
  given: Given;
  frequencies: readonly Frequency[];
};

export type ContactsAndDates = ReturnType<typeof contactsAndDatesIn>;

/** Contacts first, then dates: a date may look like a link's end. */
export function contactsAndDatesIn(cleaned: string) {
  const { phones, emails, links, rest } = contactsIn(cleaned);
  return { phones, emails, links, dates: datesIn(rest).dates };
}

// A few bases that are read as a whole; at some kilobytes each, the least recently read go first.
const KEPT = 500;
const kept = new Map<string, Ground>();

/** A ground begins with what it is about: its heading, the question of a pair. Its text is cleaned. */
export function readGround(text: string): Ground {
  const ground = kept.get(text) ?? read(text);
  kept.delete(text);
  kept.set(text, ground);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return ground;
}

function read(text: string): Ground {
  const [heading = '', ...lines] = text.split('\n');
  const above = lines[0]?.startsWith('Вопрос: ') ? `${heading}\n${lines[0]}` : heading;
  // „В воскресенье привезёте? — Нет“ names no day of work and affirms nothing by its question.
  const told = isAnsweredNo(lines) ? [heading, ...lines.slice(1)].join('\n') : text;
  return {
    statements: [...statementsIn(above), ...statementsIn(lines.join('\n'), { above })],
    timetable: splitSentences(told).map((sentence) => ({
      schedule: scheduleIn(sentence),
      words: withoutDays(tellingWords(`${heading}\n${sentence}`)),
    })),
    // „пн–пт“ speaks of Wednesday too.
    words: [...new Set([...allNamesIn(text), ...[...daysIn(text)].map(dayOf)])],
    contacts: contactsAndDatesIn(text),
    about: above,
    affirmed: splitSentences(named(told)).map(affirmedParts),
    given: givenIn({ text: lines.join('\n'), about: above }),
    frequencies: frequenciesIn(lines.join('\n'), above),
    offers: offersIn(lines.join('\n'), { above }),
    restrictions: restrictionsIn(lines.join('\n')),
    urgencies: urgenciesIn(lines.join('\n')),
    assertions: assertionsOf({ heading, lines }),
  };
}

const ASKED = /^Вопрос: (.*)$/u;
const YES_OR_NO = /^(да|нет)(?!\p{L})/iu;

/** „Можно ли вернуть? – Назад не принимаем“ affirms nothing by its question. */
function isAnsweredNo([question = '', ...answer]: readonly string[]): boolean {
  const [first = ''] = splitSentences(answer.join('\n'));
  return ASKED.test(question) && isDenied(first, first);
}

/** Of a pair the answer; the question as well where it is answered with „да“ or „нет“. */
function assertionsOf({ heading, lines }: { heading: string; lines: readonly string[] }): Assertion[] {
  const [, question] = ASKED.exec(lines[0] ?? '') ?? [];
  if (question === undefined) return assertionsIn(lines.join('\n'), heading);
  const answer = lines.slice(1).join('\n');
  const [, said] = YES_OR_NO.exec(answer) ?? [];
  const asked = said === undefined ? [] : assertionsIn(question, heading);
  const isNo = said?.toLowerCase() === 'нет';
  return [
    ...asked.map((each) => ({ ...each, isDenied: each.isDenied !== isNo })),
    ...assertionsIn(answer, heading),
  ];
}
