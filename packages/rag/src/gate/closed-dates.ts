import { datesIn, isKnownDate } from './dates.ts';
import { CLOSED } from './schedule.ts';

const CLAUSE_END = /[;,.\n]/u;
const OPEN = /(?<!\p{L})(?:работа|открыт|жд[её]м|принима|приезжай|приходи)/iu;

/** Days of the year on which a text says that nothing is open: „1 января закрыто“. */
export const closedDatesIn = (text: string): string[] =>
  text.split(CLAUSE_END).flatMap((clause) => (CLOSED.test(clause) ? datesIn(clause).dates : []));

/** Those of them on which an answer says to be open. */
export const openOnClosed = ({ text, closed }: { text: string; closed: readonly string[] }): string[] =>
  text
    .split(CLAUSE_END)
    .filter((clause) => OPEN.test(clause) && !CLOSED.test(clause))
    .flatMap((clause) => datesIn(clause).dates.filter((date) => isKnownDate(date, closed)));
