import { splitSentences } from '../text/sentences.ts';

type Promise = {
  name: string;
  /** What an answer would say. */
  claim: RegExp;
  /** What a source says of the same. Undefined: only a person can do it, no source bears it out. */
  ground: RegExp | undefined;
};

const word = (source: string) => new RegExp(`(?<!\\p{L})(?:${source})`, 'iu');

/**
 * What an assistant must not say of its own accord: acts that the seller would have to do, favours, and deeds said to
 * be done. The first person (we shall, I did) marks most of them; „доставка“ as such is a topic, „доставим“ an act.
 */
const PROMISES: readonly Promise[] = [
  {
    name: 'call',
    claim: word(
      'перезвон(?:им|ю|ит|ят)|позвон(?:им|ю|ит)|наберу|набер[её]м|свяж(?:емся|усь|ется|утся) с вами|напиш(?:ем|у|ет) вам|вам (?:перезвон|позвон|напиш)',
    ),
    ground: word('перезв|позвон|звоним|звонок|свяж|связыва|напиш'),
  },
  {
    name: 'refund',
    claim: word('верн(?:[её]м|у|ут) |возврат(?:им|ят)|возвращаем'),
    ground: word('возврат|вернут|верн[её]|возвращ|обмен'),
  },
  {
    name: 'compensation',
    claim: word('компенсиру|возмест(?:им|ят)|возмещаем|покроем'),
    ground: word('компенс|возмещ|возмест|покро|покрыва'),
  },
  {
    name: 'whatever-happens',
    claim: word('в любом случае|при любых обстоятельствах|без всяких условий|без каких-либо условий'),
    ground: word('в любом случае|при любых обстоятельствах|без (?:всяких|каких-либо) условий'),
  },
  {
    name: 'oath',
    claim: word('клян(?:усь|[её]мся)|(?:даю|да[её]м|честное) слово|обеща(?:ю|ем)|ручаюсь|ручаемся|зуб даю'),
    ground: undefined,
  },
  {
    name: 'visit',
    claim: word(
      'прие(?:дем|ду|дет)|выезжа(?:ем|ю)|выед(?:ем|у)|подъед(?:ем|у)|заед(?:ем|у)|встре(?:тим|чу)|ждите (?:мастера|курьера|нас)',
    ),
    ground: word('прие(?:дем|зжа)|выезд|выезжа|выед|подъед|заезжаем|встреч|встрет|курьер'),
  },
  {
    name: 'for-ever',
    claim: word('пожизненн|бессрочн|навсегда|вечн(?:ая|ую|ой) гарант'),
    ground: word('пожизненн|бессрочн|навсегда|вечн'),
  },
  {
    name: 'discount',
    claim: word(
      'скидк|скинем|скину|уступ(?:им|лю|ка)|дешевле|снизим|сбросим|торг (?:уместен|возможен|есть)|поторгу|подвин(?:емся|уться|усь)|сойд[её]мся|договоримся|сторгуемся|акци(?:я|и|ю|онн)',
    ),
    ground: word('скидк|скин|уступ|дешевле|торг|акци'),
  },
  {
    name: 'free',
    claim: word('бесплатн|даром|в подарок|подар(?:им|ок|ю)'),
    ground: word('бесплатн|даром|подар|включен|включ[её]н|входит|в комплекте'),
  },
  {
    name: 'reserve',
    claim: word('отлож(?:им|у)|(?:за)?бронир(?:уем|ую)|придерж(?:им|у)|зарезервир'),
    ground: word('отлож|откладыва|(?:за)?брон|придерж|(?:за)?резерв'),
  },
  {
    name: 'delivery',
    claim: word('привез(?:[её]м|у)|достав(?:им|лю)|отправ(?:им|лю)|вышл(?:ем|ю)'),
    ground: word('привез|привоз|достав|отправ|отправля|высыл|вышл|курьер|сдэк|почт'),
  },
  { name: 'guarantee', claim: word('гарантиру'), ground: word('гарантиру') },
  {
    name: 'installation',
    claim: word('установим|установлю|настроим|настрою|подключим|почин(?:им|ю)|отремонтиру'),
    ground: word('установ|настро|подключ|почин|ремонт|чиним'),
  },
  {
    name: 'done',
    claim: word(
      '(?:я |мы )?(?:записал[аи]? вас|вас записал|оформил[аи]? (?:вам |ваш |заказ|достав|возврат)|забронировал|зарезервировал|проверил[аи]? (?:на складе|наличие|ваш)|отправил[аи]? (?:вам|ваш|заказ)|вернул[аи]? вам|отменил[аи]? (?:ваш|заказ)|перев[её]л[аи]? вам|отложил[аи]? (?:для вас|вам|товар))|(?:уже )?(?:отправлен[ыао]?|перечислен[ыао]?|зачислен[ыао]?|возвращен[ыао]?|переведен[ыао]?) (?:вам|на ваш)|(?:за вами|для вас) (?:закреплен|забронирован|зарезервирован|отложен|держ)|(?:закреплен|забронирован|отложен)[ыао]? (?:за вами|для вас)|(?:ваш[а-я]* )?(?:бронь|заказ|запись|заявка|оплата) (?:уже )?(?:подтвержден|принят|оформлен|создан)|уже (?:отправлен|выехал|оформлен|перев|верну|передал[аи]? вашу)',
    ),
    ground: undefined,
  },
  {
    name: 'advance-payment',
    claim: word('предоплат|оплатите (?:на|по)'),
    ground: word('предоплат|оплат'),
  },
  {
    name: 'transfer',
    claim: word(
      '(?:через|по) СБП|на номер (?:телефона|директора|карты)|переведите|скиньте|на карту (?:сбер|тинь)',
    ),
    ground: word('сбп|систем[а-я]+ быстрых платежей|перев(?:од|ест|еди)|на карту'),
  },
  {
    name: 'today',
    claim: word('сегодня(?!шн)'),
    ground: word('сегодня|в день (?:заказа|обращения)|в тот же день'),
  },
  { name: 'day-after', claim: word('послезавтра'), ground: word('послезавтра|через день') },
  { name: 'tomorrow', claim: word('завтра'), ground: word('завтра|на следующий день') },
];

// „не перезвоним“, „скидок нет“: nothing is promised.
const DENIAL = /(?<!\p{L})(?:не|нет|нельзя|невозможн\p{L}*|ни|никак\p{L}*|исключен\p{L}*)(?!\p{L})/iu;
const REGRET = /к сожалению|увы/iu;
const WITHOUT_BEFORE = /(?<!\p{L})без\s+(?:\p{L}+\s+)?$/iu;
const WITHOUT = /(?<!\p{L})без\s+(?!выходных|проблем)\p{L}+/giu;
// „не волнуйтесь, перезвоним“, „без проблем вернём“: comfort denies nothing.
const COMFORT =
  /(?<!\p{L})(?:не (?:волнуйтесь|переживайте|беспокойтесь|сомневайтесь|вопрос|проблема|только|откажем)|нет проблем|без проблем|без выходных)(?!\p{L})/giu;
const CLAUSE_BORDER = /[,;:()—–\n]/u;

/** Whether what a sentence says in `part` is denied there: in the part's own clause, by „нет“ behind it, or with regret. */
export function isDenied(given: string, part: string): boolean {
  const sentence = given.replaceAll(COMFORT, (found) => ' '.repeat(found.length));
  if (REGRET.test(sentence)) return true;
  const start = Math.max(0, given.indexOf(part));
  const end = start + part.length;
  const before = sentence.slice(0, start).split(CLAUSE_BORDER).at(-1) ?? '';
  const [behind = '', next = ''] = sentence.slice(end).split(CLAUSE_BORDER);
  const isWithout = WITHOUT_BEFORE.test(before);
  return (
    isWithout ||
    DENIAL.test(`${before}${sentence.slice(start, end)}${behind}`) ||
    /^\s*нет(?!\p{L})/iu.test(next)
  );
}

// „поставим“, „привезём“: done once, by us; „отвечаем“ is what is usual.
const DEED = /\p{L}(?<![аяуеи])(?:им|[её]м)(?!\p{L})/iu;

/** The clauses of a text that claim rather than deny. */
export const affirmedParts = (sentence: string): string =>
  sentence
    .split(/(?<=[,;:()—–\n])/u)
    .filter((clause) => !isDenied(sentence, clause))
    .join('')
    .replaceAll(WITHOUT, ' ');

/**
 * Promises of an answer that no source makes. `asked` is the buyer's message: naming the day that he asked about is
 * no promise of ours.
 */
export function ungroundedPromises({
  sentences,
  grounds,
  asked,
}: {
  sentences: readonly string[];
  grounds: string;
  asked: string;
}): { name: string; text: string }[] {
  // „Скидок не делаем“ is no ground for one.
  const said = splitSentences(grounds).map(affirmedParts).join('\n');
  return PROMISES.flatMap(({ name, claim, ground }) => {
    const isTime = name === 'today' || name === 'tomorrow';
    if (ground?.test(said)) return [];
    return sentences.flatMap((sentence) => {
      const found = claim.exec(sentence);
      if (isTime && claim.test(asked) && !DEED.test(sentence)) return [];
      return found === null || isDenied(sentence, found[0]) ? [] : [{ name, text: found[0].trim() }];
    });
  });
}
