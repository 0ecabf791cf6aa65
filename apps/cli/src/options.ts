import { InvalidArgumentError, Option } from 'commander';

/** What all commands take. */
export type Common = { json?: boolean; account?: number };

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

/** As long as the API takes. */
const MOST_HOURS = 8_760;

export function hours(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= MOST_HOURS) return number;
  throw new InvalidArgumentError(`It must be a whole number of hours, 1 to ${MOST_HOURS}.`);
}

export const json = () => new Option('--json', 'print one JSON object and nothing else');
export const account = () =>
  new Option('--account <id>', "the account's Avito user id, where several are configured").argParser(
    wholeNumber,
  );
