/** Greetings, thanks and polite wrapping, in folded spelling and as people type. */
const POLITE: readonly RegExp[] = [
  /^(здравств\p{L}*|здраст\p{L}*|здрасьте|привет\p{L}*|хай|hello|hi|салют|доброго|добрый|доброе|добрая|добрйы)$/u,
  /^(подскаж\p{L}*|скаж(и|ите)|расскаж\p{L}*|объясн\p{L}*|ответ(ь|ьте)|напиш(и|ите)|уточн(и|ите|ить)|узнать|спросить|поинтересоваться)$/u,
  /^(скинь|скиньте|кинь|киньте|пришл(и|ите)|дай|дайте)$/u,
  /^(пожалуйста|пожалуста|пжл|пжлст|плиз|пож|пжлста|плз|спасибо|спс|благодар\p{L}*|заранее|большое|огромное|извин\p{L}*|прост(ите|и)|свидания|всего|доброго)$/u,
  /^(интересу(ет|ют|юсь)|интересно|хотел(а|ось)?|хоч(у|ется)|хотим|можно|можете|могу|могли|мог|вопрос\p{L}*|вообще|просто|короче|кстати|типа|вот|ну|ага|угу|ок|окей|хорошо|ладно|понятно|понял|поняла|ясно|да|нет|не|алло|ау|эй|девушка|молодой|господа|коллеги|ребят\p{L}*|друзья)$/u,
  /^(а|и|о|у|в|до|за|по|с|ли|же|бы|ещё|еще|уже|я|ты|вы|вас|вам|ваш\p{L}*|меня|мне|мой|моя|мое|мои|нам|нас|наш\p{L}*)$/u,
];

/** Words that shape a question and name nothing. */
const SHAPING: readonly RegExp[] = [
  /^(этот|эта|это|эти|этого|этой|этом|тут|там|здесь|такой|такая|такое)$/u,
  /^(немно(го|жко)|чуть|чуток|чутка|хоть|хотя|примерно|точно|сегодня|завтра|сейчас|щас|срочно|если|или|также|тоже|очень|самый|самая|самое|любой|любая|любые)$/u,
  /^(делаете|сделаете|дадите|даете|получится|случае|насчет|поводу)$/u,
  /^(какой|какая|какое|какие|каком|какую|каких|какого|каков\p{L}*|как|что|че|чо|шо|кто|где|куда|откуда|когда|сколько|скока|скок|скоко|сколь|почему|зачем|чем|чего|имеется|имеются|есть|бывает|будет|будут)$/u,
];

// „Добрый вечер“ greets, „вечером работаете?“ asks.
const GREETING_ADJECTIVE = /^(доброго|добрый|доброе|добрая|добрйы)$/u;
const PART_OF_DAY = /^(день|дня|вечер\p{L}*|утро|утра|суток|времени)$/u;

/** Takes the words out that are only politeness. */
export function withoutPoliteWords(words: readonly string[]): string[] {
  return words.filter((word, index) => {
    if (PART_OF_DAY.test(word)) return !GREETING_ADJECTIVE.test(words[index - 1] ?? '');
    return !POLITE.some((polite) => polite.test(word));
  });
}

/** Takes everything out that says nothing about what is asked, so that it neither finds nor spoils anything; repetitions too. */
export function withoutFillers(words: readonly string[]): string[] {
  const kept = withoutPoliteWords(words).filter((word) => !SHAPING.some((shaping) => shaping.test(word)));
  return [...new Set(kept)];
}
