/** Markup that was escaped already; plain strings are text until they are escaped. */
export type Html = { readonly markup: string };

type Value = Html | readonly Html[] | string | number;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
  }
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}

/** A template whose values are escaped, unless they are templates themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return { markup: String.raw({ raw: strings }, ...values.map(markupOf)) };
}
