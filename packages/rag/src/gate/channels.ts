import { defaultLexicon } from '../lexicon/lexicon.ts';
import { isLight } from '../lexicon/light-words.ts';
import { foldForSearch } from '../text/normalize.ts';
import { sameThingAs } from './same-thing.ts';
import { tellingWords } from './words.ts';

const word = (source: string) => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source})(?![\p{L}\p{N}])`, 'iu');

// Ways around Avito's chat. Naming one is a claim that the seller can be reached there.
const CHANNELS = {
  telegram:
    /теле ?грам|(?<!\p{L})т[эе] ?гэ(?!\p{L})|телегу|телеге(?!\p{L})|telegram|(?<![\p{L}\p{N}])тг(?!\p{L})/iu,
  whatsapp: /wh[a@4]ts[\s-]?[a@4]pp|ват[сц]ап|вот[сц]ап|(?<=(?<!\p{L})(?:в|во|на) )w ?a(?![\p{L}\p{N}])/iu,
  viber: /в[аи]й?бер|viber/iu,
  vk: /в ?контакте|(?<![\p{L}\p{N}])(?:vk|вк)(?![\p{L}\p{N}])/iu,
  instagram: /инстаграм|instagram|(?<!\p{L})инст[ауе](?!\p{L})/iu,
  ok: /одноклассник/iu,
  discord: /дискорд|discord/iu,
  skype: /скайп|skype/iu,
  signal: /(?<!\p{L})(?:signal|мессенджер\p{L}* сигнал|сигнал(?:е)?(?=[.,!]|$))/iu,
  facebook: /фейсбук|facebook/iu,
  tiktok: /тик-?ток|tik ?tok/iu,
  youtube: /ютуб|youtube/iu,
  zoom: /(?<!\p{L})(?:zoom|зум(?:е)?)(?!\p{L})/iu,
  max: /(?:(?:мессенджер|приложени)\p{L}*|(?<!\p{L})в) (?:max|макс[еу]?)(?!\p{L})/iu,
  imo: word('imo|имо'),
  icq: word('icq|аськ[аеуи]'),
  wechat: word('wechat|в[иу]чат\\p{L}{0,2}'),
  twitter: word('twitter|твиттер\\p{L}{0,2}'),
  threads: word('threads|тредс\\p{L}{0,2}'),
  pinterest: word('pinterest|пинтерест\\p{L}{0,2}'),
  rutube: word('rutube|рутуб\\p{L}{0,2}'),
  dzen: word('dzen|(?:яндекс[\\s.-]?)?дзен\\p{L}{0,2}'),
  tamtam: word('tamtam|там-?там\\p{L}{0,2}'),
  youla: word('youla|юл[аеуы]'),
  ozon: word('ozon|озон\\p{L}{0,2}'),
  wildberries: word('wildberries|wb|вб|вайлдберри[зс]\\p{L}{0,2}'),
  market: word(
    '(?:яндекс|yandex|мега)[\\s.-]?(?:маркет|market)\\p{L}{0,2}|aliexpress|алиэкспресс\\p{L}{0,2}',
  ),
  livemaster: word('livemaster|ярмарк\\p{L} мастеров'),
  listings: word(
    'циан\\p{L}{0,2}|дром\\p{L}{0,2}|profi|профи\\.?ру|яндекс[\\s.-]?услуг\\p{L}{1,3}|2гис|2gis',
  ),
  site: word('(?:интернет-?|веб-?)?сайт\\p{L}{0,3}|интернет-магазин\\p{L}{0,3}|лендинг\\p{L}{0,2}'),
  account: word(
    'личн\\p{L}{2,3} кабинет\\p{L}{0,2}|чат-?бот\\p{L}{0,2}|горяч\\p{L}{2,3} лини\\p{L}{1,2}|колл-?центр\\p{L}{0,2}',
  ),
  'number-elsewhere':
    /(?<!\p{L})(?:номер|телефон|контакты)\p{L}{0,3}(?: \p{L}+){0,2} (?:в|из|на) (?:профил|описани|объявлени|шапк|визитк|карточк)/iu,
  'address-in-words':
    /(?<!\p{L})(?:слэш|слеш|slash)(?!\p{L})|(?<!\p{L})(?:точка|дот) (?:эр ?у|ру|ком|рф)(?!\p{L})|(?<!\p{L})(?:в браузере|в адресн\p{L}+ строк)/iu,
  search: /(?<!\p{L})(?:(?:по|за|на)?гугл|в поиск(?:е|овик)|(?:в|на) яндекс[еу]?(?!\p{L}))/iu,
  qr: /(?<!\p{L})(?:q\s?-?r|куар|кьюар)(?:[\s-]?код\p{L}*)?(?![\p{L}\p{N}])/iu,
  app: /(?<!\p{L})(?:скача|установи|загрузи)\p{L}* (?:\p{L}+ ){0,2}приложени/iu,
  'any-messenger': /(?<!\p{L})мессенджер/iu,
  elsewhere:
    /(?<!\p{L})(?:вне|не (?:на|через|в)|за пределами|мимо|в обход) (?:авито|avito)|(?<!\p{L})друг\p{L}{2,3} (?:чат|приложени|мессенджер|площадк|сайт)/iu,
  nickname:
    /(?<!\p{L})(?:юзернейм|username|никнейм|логин(?:у|ом)?(?!\p{L})|(?:по|под) ник(?:у|ом)(?!\p{L})|(?:наш|мой) ник(?!\p{L}))/iu,
  wallet:
    /qiwi|(?<!\p{L})киви[\s-]кошел|ю-?money|юмани|электронн\p{L}+ кошел|(?<!\p{L})usdt|биткоин|(?<!\p{L})крипт(?:а|у|ой|о\p{L}*)(?!\p{L})|эфириум|(?:на|через) кош[её]л/iu,
} as const;

/** Messengers, networks and market places that a text names. */
export const channelsIn = (text: string): string[] =>
  Object.entries(CHANNELS).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));

// „Пишите нам в …“, „мы есть в …“, „наш канал в …“
const PLACE =
  /(?<!\p{L})(?:(?:на)?пи(?:шите|сать)|(?:по)?звоните|свяжитесь|связаться|найд[её]те|найти|ищите|подписывайтесь|добавляйтесь|мы есть|нас есть|наш\p{L}* (?:аккаунт|страниц\p{L}|канал|групп\p{L}|паблик|магазин))(?: (?:нам|нас|мне|меня|с нами|также|ещё|еще|можно|есть|сразу|лучше)){0,2} (?:в|во|на|через) (?:приложени\p{L}+ |мессенджер\p{L}* |соцсет\p{L}+ |сет\p{L} )?[«"]?(?<place>\p{L}{2,})(?![\p{L}\p{N}@]|\.\p{L})/giu;
// Avito's own chat, and times of the day.
const OURS =
  /^(?:чат\p{L}*|комментари\p{L}*|примечани\p{L}*|заявк\p{L}*|заказ\p{L}*|форм\p{L}*|отзыв\p{L}*|сообщени\p{L}*|личк\p{L}*|лс|личн\p{L}*|директ\p{L}*|авито|avito|этот|этом|эту|ответ|любо\p{L}*|рабоч\p{L}*|будн\p{L}*|выходн\p{L}*|течени\p{L}*|друг\p{L}*|удобн\p{L}*|врем\p{L}*|мессенджер\p{L}*|объявлени\p{L}*|профил\p{L}*|улиц\p{L}*|номер\p{L}*|телефон\p{L}*|мест\p{L}*|месяц\p{L}*|случа\p{L}*|\p{L}+(?:ый|ий|ая|ое|ее|ые|ие|ого|его|ому|ему|ой|ую|юю|ых|их|ым|им|ом|ем)|\p{L}+ок)$/iu;

/** Where else a text says that one is to be written to or found, in a name that nobody else has named. */
export function unknownPlaces({ text, known }: { text: string; known: readonly string[] }): string[] {
  return [...text.matchAll(PLACE)].flatMap(({ 0: found, groups }) => {
    const place = groups?.['place'] ?? '';
    const folded = foldForSearch(place);
    const isCommon =
      OURS.test(place) ||
      tellingWords(place).length === 0 ||
      isLight(folded) ||
      known.some(sameThingAs(folded));
    const isForeign = /^[a-z]/iu.test(place);
    // A shop can be rung up and found, but nobody writes into a cart.
    const isThing = !isForeign && !WRITING.test(found) && defaultLexicon.thingsOf(folded).length > 0;
    return isCommon || isThing ? [] : [place];
  });
}

const WRITING = /^(?:на)?пи/iu;
// „Ищите velopay“, „наш аккаунт: velopay“, „на почту velopay“
const INVITED =
  /(?<!\p{L})(?:(?:на)?пи(?:шите|сать)|ищите|добавля\p{L}+|добавьте\p{L}*|подписывайтесь|подпишитесь|аккаунт\p{L}*|юзер\p{L}*|ник(?:у|ом)?|бот(?:а|у|ом)?|канал\p{L}*|групп\p{L}*|паблик\p{L}*|почт(?:а|у|е|ой)|директ)(?!\p{L})(?:[^.!?\n]{0,40}?)(?<![\p{L}\p{N}@.])(?<name>[a-z][a-z\d_@$-]{2,})(?![\p{L}\p{N}@]|\.[a-z])/giu;
// „koleso_bot“ is no word of any language.
const NICK = /(?<![\p{L}\p{N}@./])(?<name>[a-z][a-z\d]*(?:_[a-z\d]+)+)(?![\p{L}\p{N}@]|\.[a-z])/giu;
const EVERYBODYS = /^(?:avito|x{1,3}[sl]|sms|pdf|e-?mail|online|wi-?fi|type-c)$/iu;

/** Names in Latin letters that a text sends the buyer to and no source has. */
export function unknownHandles({ text, known }: { text: string; known: readonly string[] }): string[] {
  return [...text.matchAll(INVITED), ...text.matchAll(NICK)].flatMap(({ groups }) => {
    const name = groups?.['name'] ?? '';
    const parts = tellingWords(name);
    const isKnown = parts.every((part) => known.some(sameThingAs(part)));
    return EVERYBODYS.test(name) || isKnown ? [] : [name];
  });
}
