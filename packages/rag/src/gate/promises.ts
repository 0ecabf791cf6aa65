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
    claim: word('верн(?:[её]м|у|ут) |возврат(?:им|ят)|возвращаем|компенсиру|возмест(?:им|ят)|возместим'),
    ground: word('возврат|вернут|верн[её]|возвращ|компенс|возмещ|обмен'),
  },
  {
    name: 'discount',
    claim: word(
      'скидк|скинем|скину|уступ(?:им|лю|ка)|дешевле|снизим|сбросим|торг (?:уместен|возможен|есть)|поторгу|акци(?:я|и|ю|онн)',
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
  { name: 'guarantee', claim: word('гарантиру'), ground: word('гаранти') },
  {
    name: 'installation',
    claim: word('установим|установлю|настроим|настрою|подключим|почин(?:им|ю)|отремонтиру'),
    ground: word('установ|настро|подключ|почин|ремонт|чиним'),
  },
  {
    name: 'done',
    claim: word(
      '(?:я |мы )?(?:записал[аи]? вас|вас записал|оформил[аи]? (?:вам |ваш |заказ|достав|возврат)|забронировал|зарезервировал|проверил[аи]? (?:на складе|наличие|ваш)|отправил[аи]? (?:вам|ваш|заказ)|вернул[аи]? вам|отменил[аи]? (?:ваш|заказ)|перев[её]л[аи]? вам|отложил[аи]? (?:для вас|вам|товар))',
    ),
    ground: undefined,
  },
  {
    name: 'advance-payment',
    claim: word('предоплат|переведите|оплатите (?:на|по)|скиньте (?:на карту|деньги)|на карту (?:сбер|тинь)'),
    ground: word('предоплат|перев(?:од|ест|еди)|оплат'),
  },
  {
    name: 'today',
    claim: word('сегодня(?!шн)'),
    ground: word('сегодня|в день (?:заказа|обращения)|в тот же день'),
  },
  { name: 'tomorrow', claim: word('завтра'), ground: word('завтра|на следующий день') },
];

// „не перезвоним“, „скидок нет“, „к сожалению“: nothing is promised.
const DENIAL = /(?<!\p{L})(?:не|нет|нельзя|невозможн\p{L}*|без|ни)(?!\p{L})|к сожалению/iu;

/** Whether a sentence denies rather than claims. */
export const denies = (sentence: string): boolean => DENIAL.test(sentence);

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
  return PROMISES.flatMap(({ name, claim, ground }) => {
    const isTime = name === 'today' || name === 'tomorrow';
    if (ground?.test(grounds) || (isTime && claim.test(asked))) return [];
    return sentences
      .filter((sentence) => !denies(sentence))
      .flatMap((sentence) => {
        const found = claim.exec(sentence);
        return found === null ? [] : [{ name, text: found[0].trim() }];
      });
  });
}
