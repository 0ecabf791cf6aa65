// A full stop after these, or after a single letter, ends no sentence („ул. Ленина“, „т. е.“, „5 тыс. руб. в день“).
const ABBREVIATION =
  /(?:^|[\s(«"])(?:\p{L}|ул|пр|просп|пер|пл|ш|д|к|корп|стр|кв|оф|эт|м|г|гг|в|вв|тел|доб|руб|коп|тыс|млн|млрд|мин|сек|ч|шт|см|мм|кг|гр|ед|экз|рис|табл|напр|др|пр|т|e\.g|i\.e|etc|vs)\.$/iu;
const BOUNDARY = /(?<=[.!?…]["»”)]*)\s+(?=["«“(]?[\p{Lu}\p{N}—–-])/u;

/** The sentences of a text, trimmed; a line break ends a sentence too. Nothing is lost but white space. */
export function splitSentences(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const sentences: string[] = [];
    let open: string[] = [];
    for (const piece of line.split(BOUNDARY)) {
      open.push(piece);
      // The piece alone: looking through all that is open would take minutes for a line of initials.
      if (ABBREVIATION.test(piece)) continue;
      sentences.push(open.join(' ').trim());
      open = [];
    }
    return [...sentences, open.join(' ').trim()].filter((sentence) => sentence !== '');
  });
}
