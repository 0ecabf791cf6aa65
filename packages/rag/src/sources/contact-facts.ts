/** What a card of contacts names in the column before what it says: „Адрес | Лермонтова, 5“. */
const FACT = new RegExp(
  String.raw`^(?:(?:наш|юр|факт|почтов|электронн|мобильн|рабоч)\p{L}*\.?\s+)?` +
    String.raw`(?:адрес|телефон|тел|моб|факс|час|время|график|режим|выходн|перерыв|обед|почта|e-?mail|сайт|метро|whats\s?app|ватсап|вотсап|viber|telegram|телеграм|вк|вконтакте|instagram|реквизиты|инн|кпп|огрн|бик|р/с)\p{L}{0,4}\.?` +
    String.raw`(?:\s+(?!и\s)\p{L}+){0,2}\s*:?$`,
  'iu',
);

const MAX_LENGTH = 60;

export const isFact = (text: string): boolean => text.length <= MAX_LENGTH && FACT.test(text.trim());

/** Whether a table has the names of facts in the column of these texts, from its first row on: then it has no header. */
export const areFacts = ([first = '', ...others]: readonly string[]): boolean =>
  isFact(first) && others.some((text) => text.trim() !== first.trim() && isFact(text));
