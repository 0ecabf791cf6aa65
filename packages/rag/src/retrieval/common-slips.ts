/**
 * Words that ask, as they are mistyped. Neither a base nor the lexicon has them, and the rules that tell what is asked for
 * know them spelt right only.
 */
const SLIPS: readonly (readonly [slips: string, meant: string])[] = [
  ['сколк[оау]?|скольк[ау]?|скольо|скоьлк[оа]|склько|сколо|склоько|скоолько|скльок', 'сколько'],
  ['стоет|стаит|стоитт|сотит|стот', 'стоит'],
  ['стоимасть|стаимость|стоимсть', 'стоимость'],
  ['пачем|почим|почом|пачом|пачим', 'почем'],
  ['цэн([ауые])', 'цен$1'],
  ['есь|естьь', 'есть'],
  ['кокой|какои|кокои', 'какой'],
  ['кокая|какаю', 'какая'],
  ['кокие|какии', 'какие'],
  ['можна|можн|мжно|можо', 'можно'],
  ['пажал[уй]+ста|пожалйста|пожалуйсто|пожайлуста|пожалусто', 'пожалуйста'],
  ['сигодня|севодня', 'сегодня'],
  ['завтро|зафтра', 'завтра'],
  ['сичас|сейчс|счас', 'сейчас'],
  ['будит|будт', 'будет'],
  ['долеко|далико', 'далеко'],
  ['итти', 'идти'],
  ['шоб|штоб|чтоп', 'чтобы'],
];
const MEANT = SLIPS.map(
  ([slips, meant]) => [new RegExp(`(?<!\\p{L})(?:${slips})(?!\\p{L})`, 'giu'), meant] as const,
);

/** A question with the words that ask spelt right, for what looks things up; who reads it reads it as it was written. */
export const mendCommonSlips = (question: string): string =>
  MEANT.reduce((text, [slips, meant]) => text.replaceAll(slips, meant), question);
