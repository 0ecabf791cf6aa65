import { isLight } from '../lexicon/light-words.ts';
import type { AskedTerm } from '../retrieval/term-weights.ts';
import { defaultLexicon } from '../lexicon/lexicon.ts';

// „Сколько стоит …“ asks for a property: by itself it names nothing.
const PROPERTY = /^(цен|стои|почем|прайс|дорог|скольк|сумм)/u;

export const isProperty = ({ word }: AskedTerm) => PROPERTY.test(word);
export const isNumber = ({ word }: AskedTerm) => /^\d+$/.test(word);
// „Пять“: bases say „от 4“ as well as „пяти“.
const NUMERAL =
  /^(?:дв(?:ух|ум|умя|ое|оих|оем|оим)|тр(?:и|ех|ем|емя|ое|оих|оем|оим)|четыр\p{L}{1,3}|четвер(?:о|ых|ым)|пят(?:ь|и|ью|еро|ерых|ером)|шест(?:ь|и|ью|еро|ерых|ером)|сем(?:ь|и|ью|еро|ерых|ером)|вос[еь]м(?:ь|и|ью)|девят(?:ь|и|ью)|десят(?:ь|и|ью|еро|ок)|\p{L}+надцат(?:ь|и|ью)|двадцат(?:ь|и|ью)|тридцат(?:ь|и|ью)|сорок|сорока|пятьдесят|сто|полтор[ау]|половин\p{L}{1,2}|вдв(?:ое|оем)|втр(?:ое|оем))$/u;

const LIGHT_SHARE = 0.15;
/** A passage that lacks what wraps a request lacks next to nothing. */
const LACKED_LIGHT_SHARE = 0.03;
/** „Ставить“ wraps a request, or asks for an installation. */
const AMBIGUOUS_SHARE = 0.4;
/** A property counts for less than the thing that it is asked of. */
const PROPERTY_SHARE = 0.35;
/** A size or a year that the base has not may lie between two that it has. */
const NUMBER_SHARE = 0.4;
/** Verbs and adverbs that nobody knows say less than nouns: what is asked about is a thing. */
const VERB_SHARE = 0.5;
const VERB =
  /(?:ть|ться|ти|чь|чься|ете|ите|ешь|ишь|ется|ится|ают|яют|уют|ил|ила|или|ал|ала|али|лся|лась|лись|у|ю|ем|им|ет|ит|ут|ат|ят|усь|юсь|йте|емся|имся)$/u;
const QUALITY = /(?:но|ко|ло|во|ее|енько|ски|о)$|(?:ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ого|его|ой|ом|ых)$/u;
const SHORTEST_VERB = 5;

/** How much a word counts by what kind of word it is, from 0 to 1: nouns name what is asked about, verbs wrap it. */
export function classShare(term: AskedTerm): number {
  const { word, kind } = term;
  if (isProperty(term)) return PROPERTY_SHARE;
  if (isNumber(term) || NUMERAL.test(word)) return NUMBER_SHARE;
  const isNamed = defaultLexicon.thingsOf(word).length > 0;
  const isUnsure = kind === 'unknown' || kind === 'repaired';
  if (isLight(word)) return lightShare({ isNamed, isUnsure });
  if (isNamed) return 1;
  if (isUnsure && word.length >= SHORTEST_VERB && (VERB.test(word) || QUALITY.test(word))) return VERB_SHARE;
  return 1;
}

function lightShare({ isNamed, isUnsure }: { isNamed: boolean; isUnsure: boolean }): number {
  if (isNamed) return isUnsure ? LIGHT_SHARE : AMBIGUOUS_SHARE;
  return isUnsure ? LACKED_LIGHT_SHARE : LIGHT_SHARE;
}
