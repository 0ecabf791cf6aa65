// Longest first. Crude on purpose: a stand-in for a model needs words of one root to meet, no more.
const ENDINGS = [
  'иями',
  'ями',
  'ами',
  'ого',
  'его',
  'ому',
  'ему',
  'ыми',
  'ими',
  'ать',
  'ять',
  'ить',
  'еть',
  'ете',
  'ите',
  'ует',
  'уют',
  'ешь',
  'ишь',
  'ает',
  'яет',
  'ают',
  'ают',
  'ала',
  'али',
  'ила',
  'или',
  'ий',
  'ый',
  'ой',
  'ая',
  'яя',
  'ое',
  'ее',
  'ые',
  'ие',
  'ую',
  'юю',
  'ых',
  'их',
  'ым',
  'им',
  'ом',
  'ем',
  'ам',
  'ям',
  'ах',
  'ях',
  'ов',
  'ев',
  'ей',
  'ия',
  'ию',
  'ии',
  'ет',
  'ит',
  'ут',
  'ют',
  'ат',
  'ят',
  'а',
  'я',
  'о',
  'е',
  'ы',
  'и',
  'у',
  'ю',
  'ь',
  'й',
  's',
];
const SHORTEST_STEM = 3;

const STOP_WORDS = new Set(
  (
    'и в во на с со к ко о об от до из за по у не но а же ли бы то что это как так для или при вы мы я он она они ' +
    'вам вас нам нас мне меня есть ещё еще уже если когда где какой какая какие какое сколько можно ' +
    'добрый день здравствуйте привет подскажите пожалуйста the a an of to in is are and or for you we i do'
  ).split(' '),
);

function stem(word: string): string {
  const ending = ENDINGS.find(
    (candidate) => word.length - candidate.length >= SHORTEST_STEM && word.endsWith(candidate),
  );
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** Every word and number, folded and stemmed, in order. */
export function stemsOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');
  return [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => stem(word));
}

const STOP_STEMS = new Set([...STOP_WORDS].flatMap(stemsOf));

const MOST_REMEMBERED = 5_000;
// The same passages come with every question.
const remembered = new Map<string, readonly string[]>();

/** The stems that say what a text is about. */
export function contentStems(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const stems = stemsOf(text).filter((candidate) => !STOP_STEMS.has(candidate));
  remembered.set(text, stems);
  return stems;
}

const LEAST_COMMON_BEGINNING = 5;
const LONGEST_SUFFIX = 3;

/** The same word, or one grown from the same beginning: `доставк` and `доставля`. */
export function isSameRoot(left: string, right: string): boolean {
  if (left === right) return true;
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  return common >= LEAST_COMMON_BEGINNING && Math.max(left.length, right.length) - common <= LONGEST_SUFFIX;
}
