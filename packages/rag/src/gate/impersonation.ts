import { splitSentences } from '../text/sentences.ts';

// „Вам пишет служба безопасности Авито“, „я робот“, „это полиция“: who says that he speaks.
const SPEAKER =
  /(?<!\p{L})(?:(?:вам |с вами )?(?:пишет|общается|говорит|звонит|на связи|приветствует)(?: (?:вас|вам))?|вас приветствует|я|это|мы)(?:\s?[—–-])?\s+(?:\p{L}+(?:ый|ой|ая|ий|ых|ого) |из |не человек, а |сотрудни\p{L}+ |администратор\p{L}* |ваш\p{L}* )*/giu;
const OTHERS =
  /^(?:служб\p{L}+ (?:безопасност|поддержк)|(?:тех)?поддержк|(?:представител|менеджер|специалист|оператор)\p{L}* (?:авито|avito|банка|сбер|полици)|модератор|администраци\p{L}+ (?:авито|avito|сайт)|авито|avito|полици|банк|сбер\p{L}*|тинькофф|т-банк|робот|бот|ии(?!\p{L})|ai(?!\p{L})|нейросет|искусственн|чат-?бот|виртуальн|автоответчик|программ)/iu;
// „Служба поддержки Авито: …“
const SIGNED = /^[^:.!?]{3,40}:\s/u;
const ENGLISH =
  /(?<!\p{L})(?:i am|i'm|this is) (?:an? )?(?:ai|bot|robot|language model|avito|police|the police|bank|support)(?!\p{L})/iu;

/** Who an answer says that it comes from, other than the seller; undefined where it says nothing of the kind. */
export function otherSpeaker({ answer, known }: { answer: string; known: string }): string | undefined {
  const told = known.toLowerCase();
  const speakers = [...answer.matchAll(SPEAKER)].flatMap(({ 0: found, index }) => {
    const [who] = OTHERS.exec(answer.slice(index + found.length)) ?? [];
    return who === undefined ? [] : [who];
  });
  const [signed] = splitSentences(answer).flatMap((sentence) =>
    SIGNED.test(sentence) ? (OTHERS.exec(sentence)?.slice(0, 1) ?? []) : [],
  );
  return [
    ...(signed === undefined ? [] : [signed]),
    ...speakers,
    ...(ENGLISH.exec(answer)?.slice(0, 1) ?? []),
  ].find((who) => !new RegExp(String.raw`(?<!\p{L})${who.toLowerCase()}`, 'u').test(told));
}
