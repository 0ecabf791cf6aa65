import { cleanText } from '../text/normalize.ts';
import { sameThingAs } from './same-thing.ts';
import { isThing } from './unknown-things.ts';
import { dayOf, isSameWord, tellingWords } from './words.ts';

const KINDS = [
  String.raw`улиц\p{L}+`,
  String.raw`ул\.`,
  String.raw`проспект\p{L}*`,
  String.raw`пр-?т\.?`,
  String.raw`пр\.`,
  String.raw`переул\p{L}+`,
  String.raw`пер\.`,
  'шоссе',
  String.raw`площад\p{L}+`,
  String.raw`пл\.`,
  String.raw`бульвар\p{L}*`,
  'б-р',
  String.raw`набережн\p{L}+`,
  String.raw`наб\.`,
  String.raw`проезд\p{L}*`,
  'метро',
  String.raw`м\.`,
  String.raw`станци\p{L}+ метро`,
  'ТЦ',
  'ТРЦ',
  'БЦ',
  String.raw`город\p{L}{0,3}`,
  String.raw`г\.`,
];
// A name has a capital letter, so the pattern knows both cases of the kind instead of ignoring case.
const bothCases = ([first = '', ...rest]: string) =>
  `[${first.toUpperCase()}${first.toLowerCase()}]${rest.join('')}`;
const PLACE = new RegExp(
  // „Не глубже 45 м. Ждём вас!“ names no station.
  String.raw`(?<!\p{L})(?!(?<=\d\s?)м\.)(?:${KINDS.map(bothCases).join('|')})\s*[«"“]?((?:\p{Lu}\p{L}+[\s-]?){1,3})`,
  'gu',
);
const ORDINALS = ['перв', 'втор', 'трет', 'четв[её]рт', 'пят', 'шест', 'седьм', 'восьм', 'девят', 'десят'];
const FLOOR = /(?<!\p{L})(\p{L}{4,10}|\d{1,2})(?:-?[йяе]|-?о[йме])?\s(этаж|подъезд|корпус)/giu;
const NAME = /\p{L}{3,}/gu;

// „Мы теперь на Герцена, 40“, „приезжайте на Вавилова“: where we are, in a name without its kind. „Мы в Пермь отправляем“ is none.
const WE_ARE =
  /(?<!\p{L})(?:(?:[Мм]ы|[Нн]аш\p{L}* (?:\p{L}+ )?(?:адрес|магазин|офис|склад|салон|мастерская|филиал|точка)|[Мм]агазин|[Оо]фис|[Сс]клад|[Фф]илиал)(?:\s(?:теперь|уже|сейчас|ещё|еще|тоже|также|находимся|находится|есть|переехали|переехал[аи]?|работаем|стоим|сидим|ждём вас|расположен\p{L}*))*|(?:[Пп]риезжайте|[Пп]риходите|[Пп]одъезжайте|[Зз]аезжайте|[Зз]абира(?:йте|ть)|[Зз]абрать|[Нн]аходимся|[Рр]асположены|[Пп]ереехали|[Сс]амовывоз)(?: к нам)?)(?:\s[—–-])?\s(?:на|в|во|по|с|у|возле)\s[«"]?(\p{Lu}\p{Ll}{2,})(?!\p{L}|[»"]?\s\p{L}+(?:ем|[её]м|им)(?!\p{L}))/gu;

// „Приходите в гаражи за вокзалом“: a way in things that no source has.
const WAY =
  /(?<!\p{L})(?:приезжайте|приходите|подъезжайте|заезжайте|находимся|расположены|жд[её]м(?: вас)?|встреча(?:емся|йте)|мы стоим|ориентир|вход)(?!\p{L})(?<way>[^.!?\n,;]*)/giu;
const LANDMARK =
  /(?<!\p{L})(?:за|у|возле|около|напротив|перед|позади|под|рядом со?|недалеко от|слева от|справа от|в|на)\s(?:\p{L}+(?:ой|ого|ым|ом|ей|их|ых|ий|ый|ую)\s)?(?<mark>\p{Ll}{4,})(?!\p{L})/gu;

const landmarksIn = (answer: string): string[] =>
  [...answer.matchAll(WAY)]
    .flatMap(({ groups }) => [...(groups?.['way'] ?? '').matchAll(LANDMARK)])
    .flatMap(({ groups }) => tellingWords(groups?.['mark'] ?? ''))
    .filter((word) => isThing(word) && !isOfTime(word));
const isOfTime = (word: string) =>
  DAY_OR_HOUR.test(word) || dayOf(word) !== word || /^(?:гост|любо|удобн|назначен|согласован)/u.test(word);
const DAY_OR_HOUR =
  /^(?:утр|вечер|обед|дн[еёюя]|ден|час|недел|месяц|выходн|будн|врем|полдень|полдн|ближайш|течени|срок)/u;

/** Streets, stations, centres and towns of a text that the sources never name, and floors that the buyer did not either. */
export function unknownAddresses({
  answer,
  source,
  question,
}: {
  answer: string;
  source: string;
  question: string;
}): string[] {
  const floors = floorsIn(answer);
  const places = [...answer.matchAll(PLACE), ...answer.matchAll(WE_ARE)];
  const landmarks = landmarksIn(answer);
  // The sources are long, and few answers say a way.
  if (floors.length + places.length + landmarks.length === 0) return [];
  const known = cleanText(source).toLowerCase().match(NAME) ?? [];
  const theirs = floors.length === 0 ? [] : floorsIn(`${source}\n${question}`);
  const isKnown = (word: string) => known.some((each) => isSameWord(each, word));
  return [
    ...places.flatMap(({ 0: found, 1: name = '' }) =>
      (name.toLowerCase().match(NAME) ?? []).every(isKnown) ? [] : [found.trim()],
    ),
    ...landmarks.filter((word) => !isKnown(word) && !known.some(sameThingAs(word))),
    ...floors.filter((floor) => !theirs.includes(floor)),
  ];
}

/** „второй подъезд“, „2-й подъезд“ as „2 подъезд“. */
function floorsIn(text: string): string[] {
  return [...text.matchAll(FLOOR)].flatMap(([, which = '', part = '']) => {
    const ordinal = ORDINALS.findIndex((stem) => new RegExp(`^${stem}`, 'iu').test(which)) + 1;
    const number = /^\d/.test(which) ? Number(which) : ordinal;
    return number > 0 ? [`${number} ${part.toLowerCase()}`] : [];
  });
}
