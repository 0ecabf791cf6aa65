/** What a question wants to be told, where that can be read from its words, and how a text that tells it looks. */
export type AskedKind = 'price' | 'clock' | 'duration' | 'place' | 'amount' | 'number' | 'way';

const MANY = String.raw`(?:сколько|скольки|скок\p{L}*|скольк\p{L}*)`;
const start = String.raw`(?<!\p{L})`;
const pattern = (text: string) => new RegExp(start + text, 'u');

const ASKED: readonly (readonly [AskedKind, RegExp])[] = [
  [
    'price',
    pattern(
      String.raw`(?:стоит|стоят|стоил\p{L}*|стоить|стоимост\p{L}*|цен[аыуе]|ценник\p{L}*|почем|прайс\p{L}*|расценк\p{L}*|тариф\p{L}*|обойд(?:ет|ут)\p{L}*|почому|по чем|во ${MANY} (?:\p{L}+ )?(?:встан|выйд)\p{L}*|${MANY} (?:с меня|за|денег|будет|берете|возьмете|рублей))(?!\p{L})`,
    ),
  ],
  [
    'duration',
    pattern(
      String.raw`(?:${MANY} (?:по |у вас )?(?:времени|дней|дня|суток|часов|минут|недель|месяцев|лет|ждать|идет|идут|длит\p{L}*|займет|занима(?:ет|ют)(?!\p{L})|держите)|(?:как (?:долго|быстро|скоро)|долго (?:ли|ждать|вез\p{L}*|ид[её]т|делат\p{L}*))|срок\p{L}*|через ${MANY}|за ${MANY} (?:\p{L}+ )?(?:сдела|одобр|приед|дела|почин|привез|доставл)\p{L}*|когда (?:\p{L}+ )?(?:отправ|привез|будет|готов|приед|сдела|пришл|верн|достав|придет|ждать)\p{L}*)`,
    ),
  ],
  [
    'clock',
    pattern(
      String.raw`(?:(?:во|до|со|с|к) ${MANY}(?: час\p{L}*)?|(?:до|с) (?:как|котор)(?:ого|их) час\p{L}*|в как(?:ое время|ие часы)|график\p{L}*|режим работы|часы работы|(?:когда|во ${MANY}) (?:\p{L}+ )?(?:откры|закры|откро|закро)\p{L}*|когда (?:\p{L}+ )?(?:подъехать|приехать|забрать|подойти|заехать))`,
    ),
  ],
  [
    'place',
    pattern(
      String.raw`(?:где|адрес\p{L}*|находи\p{L}*|откуда|куда (?:\p{L}+ )?(?:ехать|подъехать|приехать|подойти|заехать|идти|нести|везти)|в каком районе|как (?:вас найти|к вам|до вас|доехать|проехать|добраться|пройти))(?!\p{L})`,
    ),
  ],
  // „Доставка сколько?“, „сколько?“: a price, a time or a count, whichever the base has.
  ['amount', pattern(String.raw`${MANY}$`)],
  ['number', pattern(MANY)],
  ['way', pattern(String.raw`как(?!\p{L})`)],
];

const ANY_NUMBER =
  /\d|(?<!\p{L})(?:один|одн\p{L}|два|две|дв[ух]{2}|тр[иеё]\p{L}*|четыр\p{L}*|пят\p{L}*|год|сутки|день|полгода)(?!\p{L})/iu;
const TOLD: Record<AskedKind, RegExp> = {
  price:
    /\d\s*(?:₽|руб|р\.|тыс)|(?:скидк\p{L}*|минус|[−-]) ?\d+ ?%|бесплатн|(?<!\p{L})(?:входит|включен|даром|тариф|расч[её]т|расцен|в подарок)|за наш сч[её]т|оплачива|(?<!\p{L})(?:цен[аы]|стоимость|price)(?!\p{L})[^:;]{0,30}: (?:от |до )?\d/iu,
  duration:
    /\d\s*(?:рабоч\p{L}+ |календарн\p{L}+ )?(?:минут|час|дн|день|сут|недел|месяц|год|лет)|сутк|суток|завтра|следующ|в (?:этот же )?день|сразу|полгода|(?<!\p{L})(?:день|час|год|недел\p{L}+|месяц)(?!\p{L})/iu,
  clock:
    /\d{1,2}[:.]\d\d|(?<!\p{L})(?:с|до|после) (?:\d{1,2}|двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати|полуночи)|круглосуточно|\d{1,2}\s?[–-]\s?\d{1,2}|ч\./iu,
  place:
    /(?<!\p{L})(?:ул|пр|пр-т|пер|г|д|корп|стр)\.|(?<!\p{L})(?:улиц|проспект|шоссе|метро|проезд|переул|бульвар|набережн|ангар|павильон|офис|этаж|въезд|вход|рядом|адрес|ориентир|станци|склад|онлайн)|\p{Lu}\p{Ll}+[а-я]*, \d/u,
  amount: ANY_NUMBER,
  number: ANY_NUMBER,
  // Any text may tell how.
  way: /\p{L}/u,
};

// „Подвинетесь по цене?“ asks for less, not for the figure; „где припарковаться?“ whether one can.
const NOT_ASKED: Partial<Record<AskedKind, RegExp>> = {
  price: pattern(
    String.raw`(?:торг|уступ|подвин|сниз|сброс|сбав|договорим|окончательн|фиксированн|оптом|оптов)\p{L}*`,
  ),
  place: pattern(String.raw`(?:припарк|парков)\p{L}*`),
};

/** Undefined for a question that yes, no or a name answers. */
export function askedKind(folded: string): AskedKind | undefined {
  return ASKED.find(([kind, asked]) => asked.test(folded) && NOT_ASKED[kind]?.test(folded) !== true)?.[0];
}

/** Words that only ask for it: a text that tells it has no need of them. */
const ASKING: Partial<Record<AskedKind, RegExp>> = {
  price:
    /^(?:цен[аыуе]|ценник|почем|прайс|расценк|стоит|стоят|стоить|стоимост|обойдет|обойдут|выйдет|выходит|возьмете|берете|денег)/u,
  duration:
    /^(?:скольки|долго|быстро|скоро|срок|времени|время|дней|дня|суток|часов|займет|занимает|ждать|длит|готов)/u,
  clock: /^(?:скольки|час[аы]?$|часов$|времени|время|график|режим|откры|закры|работае)/u,
  place: /^(?:адрес|наход|доехать|проехать|добраться|район|ехать|подъехать|приехать|подойти)/u,
};

export const asksOnly = (kind: AskedKind | undefined, word: string) =>
  kind !== undefined && ASKING[kind]?.test(word) === true;

export const tells = (kind: AskedKind, text: string) => TOLD[kind].test(text);
