type Rule = readonly [pattern: RegExp, plain: readonly string[]];

/** Russian diminutives and their kin. What they give is only looked up, so a form that is no word does no harm. */
const RULES: readonly Rule[] = [
  // „Сеточка“ is a „сетка“, „вазочка“ a „ваза“.
  [/^(\p{L}{2,})[ое]чк(\p{L}{1,3})$/u, ['$1к$2', '$1$2']],
  [/^(\p{L}{2,})[ое]чек$/u, ['$1ок', '$1ка', '$1а']],
  // „Диванчик“, „кубики“.
  [/^(\p{L}{3,})чик(\p{L}{0,3})$/u, ['$1$2']],
  [/^(\p{L}{3,})ик(\p{L}{0,3})$/u, ['$1$2']],
  // „Дорожка“ and „бумажка“; „берёзка“. Short ones mostly name something else: „плитка“ is no „плита“.
  [/^(\p{L}{3,})жк(\p{L}{1,3})$/u, ['$1г$2']],
  [/^(\p{L}{5,})к(\p{L}{1,3})$/u, ['$1$2']],
  // „Коротенький“, „новенькая“.
  [/^(\p{L}{3,})[ео]ньк(\p{L}{1,3})$/u, ['$1к$2', '$1ый']],
  // „Хлебушек“.
  [/^(\p{L}{3,})[уюы]ш(?:ек|к\p{L}{1,3})$/u, ['$1', '$1о']],
  // „Подешевле“, „побыстрее“.
  [/^по(\p{L}{4,}(?:ее|ше|же|ле|че))$/u, ['$1']],
];

/** The plain words that a folded word may be a smaller or softer form of; empty for most words. */
export function plainForms(word: string): string[] {
  const forms = RULES.flatMap(([pattern, plain]) =>
    pattern.test(word) ? plain.map((form) => word.replace(pattern, form)) : [],
  );
  return [...new Set(forms)].filter((form) => form !== word);
}
