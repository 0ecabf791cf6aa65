export type Part = {
  clause: string;
  /** Behind a closing bracket, the place of the clause before the opening one. */
  head?: number | undefined;
  /** Of a cell of a table: the words above its column, and the period that they name. */
  column?: { words: readonly string[]; period: string | undefined } | undefined;
};

// „R16 стоит 6 200, R17 — 7 800“, „студия (28 м²); двушка“.
const CLAUSE_END =
  /(;|:(?<=\d\s?(?:₽|%|р\.|руб\p{L}{0,4}\.?):)\s|\((?!\S{1,8}\)\s?:)|\)(?!\s?:)|,(?!\d|\s?[^\s,:;]{1,8}\s?:))/u;
const CONJUNCTION = /\s(?:и|а|но|или|плюс|против)\s/u;

/** The clauses of a sentence, in order. */
export function clausesOf(sentence: string): Part[] {
  const found: Part[] = [];
  let opened: number | undefined;
  let end = '';
  // Every other piece is what ends a clause.
  for (const [index, piece] of sentence.split(CLAUSE_END).entries()) {
    if (index % 2 === 1) {
      end = piece;
      if (end === '(') opened = found.length - 1;
      continue;
    }
    const head = end === ')' ? opened : undefined;
    const parts = piece.split(CONJUNCTION);
    const clauses = parts.every((part) => /\d/.test(part)) ? parts : [piece];
    found.push(...clauses.map((clause) => ({ clause, head })));
  }
  return found;
}
