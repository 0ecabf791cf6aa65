import { nameIn } from './naming-text.ts';
import type { ParsedSource, Section } from './source.ts';

const CURRENCY = /^(?:₽|руб\.?|р\.?)$/iu;

/** Collects text under its headings, as a document is read from top to bottom. */
export function createSections() {
  const sections: { headings: string[]; blocks: string[] }[] = [{ headings: [], blocks: [] }];
  const path: { depth: number; text: string }[] = [];
  let title: string | undefined;
  /** The entries of the list that is being read, from the outermost to the last. */
  let entries: { depth: number; name: string; block: string }[] = [];
  const push = (text: string) => {
    const blocks = sections.at(-1)?.blocks;
    // Pages set it apart from its amount.
    if (CURRENCY.test(text) && /\d$/.test(blocks?.at(-1) ?? '')) blocks?.push(`${blocks.pop()} ${text}`);
    else if (text !== '') blocks?.push(text);
  };
  return {
    /** The first heading of depth 1 is the title. */
    heading: ({ depth, text }: { depth: number; text: string }): void => {
      if (text === '') return;
      entries = [];
      if (depth === 1 && title === undefined) {
        title = text;
        return;
      }
      while ((path.at(-1)?.depth ?? 0) >= depth) path.pop();
      path.push({ depth, text });
      sections.push({ headings: path.map((entry) => entry.text), blocks: [] });
    },
    blocks: (...texts: readonly string[]): void => {
      entries = [];
      for (const text of texts) push(text);
    },
    /** An entry of a list says what the entries are named that it stands below: „Перфоратор: сутки – 700 ₽“. */
    listEntry: ({ depth, text }: { depth: number; text: string }): void => {
      if (text === '') return;
      entries = entries.filter((entry) => entry.depth < depth);
      const names = entries.map(({ name }) => name).filter((name) => name !== '');
      const block = `– ${[...names, text].join(': ')}`;
      const blocks = sections.at(-1)?.blocks;
      const above = entries.at(-1);
      // Said with what stands below it.
      if (above !== undefined && above.name !== '' && blocks?.at(-1) === above.block) blocks.pop();
      entries.push({ depth, name: nameIn(text), block });
      push(block);
    },
    /** `name` is the title of a text that has none. */
    result: (name: string): ParsedSource => {
      const filled: Section[] = sections.filter(({ blocks }) => blocks.length > 0);
      return { title: title ?? name, sections: filled, pairs: [] };
    },
  };
}

export type Sections = ReturnType<typeof createSections>;
