// A full stop after these, or after a single letter, ends no sentence („ул. Ленина“, „т. е.“, „5 тыс. руб. в день“).
const ABBREVIATION =
  /(?:^|[\s(«"])(?:\p{L}|ул|пр|просп|пер|пл|ш|д|к|корп|стр|кв|оф|эт|м|г|гг|в|вв|тел|доб|руб|коп|тыс|млн|млрд|мин|сек|ч|шт|см|мм|кг|гр|ед|экз|рис|табл|арт|мод|разм|уп|упак|кат|инв|лиц|прим|обл|пос|ст|выс|шир|дл|диам|напр|др|пр|т|e\.g|i\.e|etc|vs)\.$/iu;
// „420 ₽ за 250 г. Бразилия…“, „за кг. Бразилия…“: of an amount and before a capital letter it does.
const MEASURE =
  /(?:\d|(?<!\p{L})за|\/)\s?(?:г|гр|кг|мг|л|мл|м|см|мм|км|ч|мин|сек|шт|ед|руб|коп|тыс|млн|мес|дн)\.$/iu;
const CAPITAL = /^["«“(]?\p{Lu}/u;
// The space is looked for first: looking back from each of a row of quotation marks would take minutes.
const BOUNDARY = /(?=\s)(?<=[.!?…]["»”)]*)\s+(?=["«“(]?[\p{Lu}\p{N}—–-])/u;

/** The sentences of a text, trimmed; a line break ends a sentence too. Nothing is lost but white space. */
export function splitSentences(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const sentences: string[] = [];
    let open: string[] = [];
    const pieces = line.split(BOUNDARY);
    for (const [place, piece] of pieces.entries()) {
      open.push(piece);
      const endsWithMeasure = MEASURE.test(piece) && CAPITAL.test(pieces[place + 1] ?? '');
      // The piece alone: looking through all that is open would take minutes for a line of initials.
      if (ABBREVIATION.test(piece) && !endsWithMeasure) continue;
      sentences.push(open.join(' ').trim());
      open = [];
    }
    return [...sentences, open.join(' ').trim()].filter((sentence) => sentence !== '');
  });
}
