const plurals = new Intl.PluralRules('ru');
const number = new Intl.NumberFormat('ru', { maximumFractionDigits: 2 });

/** „1 фрагмент“, „2 фрагмента“, „5 фрагментов“. */
export function counted(count: number, [one, few, many]: readonly [string, string, string]): string {
  const form = { one, few, many }[plurals.select(count) as 'one' | 'few' | 'many'];
  return `${number.format(count)} ${form ?? many}`;
}

export const percent = (share: number) => `${Math.round(share * 100)} %`;

/** „40 мс“, „1,25 с“. */
export const duration = (ms: number) =>
  ms < 1_000 ? `${Math.round(ms)} мс` : `${number.format(ms / 1_000)} с`;

/** Small amounts keep two digits that say something: „0,0031“. */
export const amount = (value: number) =>
  new Intl.NumberFormat('ru', { maximumSignificantDigits: value < 1 ? 2 : 4 }).format(value);

/** One line, and not the whole of a long text. */
export function quoted(text: string, max = 300): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `«${line.length > max ? `${line.slice(0, max)}…` : line}»`;
}
