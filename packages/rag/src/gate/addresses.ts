import { cleanText } from '../text/normalize.ts';
import { isSameWord } from './words.ts';

const PLACE =
  /(?<!\p{L})(?:улиц\p{L}+|ул\.|проспект\p{L}*|пр-?т\.?|пр\.|переул\p{L}+|пер\.|шоссе|площад\p{L}+|пл\.|бульвар\p{L}*|б-р|набережн\p{L}+|наб\.|проезд\p{L}*|метро|м\.|станци\p{L}+ метро|ТЦ|ТРЦ|БЦ|город\p{L}{0,3}|г\.)\s*[«"“]?((?:\p{Lu}\p{L}+[\s-]?){1,3})/gu;
const NAME = /\p{L}{3,}/gu;

/** Streets, stations, centres and towns of a text that the sources never name. */
export function unknownAddresses(answer: string, source: string): string[] {
  const known = cleanText(source).toLowerCase().match(NAME) ?? [];
  return [...answer.matchAll(PLACE)].flatMap(({ 0: found, 1: name = '' }) => {
    const words = name.toLowerCase().match(NAME) ?? [];
    const isKnown = words.every((word) => known.some((each) => isSameWord(each, word)));
    return isKnown ? [] : [found.trim()];
  });
}
