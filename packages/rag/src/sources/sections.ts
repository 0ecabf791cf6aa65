import type { ParsedSource, Section } from './source.ts';

/** Collects text under its headings, as a document is read from top to bottom. */
export function createSections() {
  const sections: { headings: string[]; blocks: string[] }[] = [{ headings: [], blocks: [] }];
  const path: { depth: number; text: string }[] = [];
  let title: string | undefined;
  return {
    /** The first heading of depth 1 is the title. */
    heading: ({ depth, text }: { depth: number; text: string }): void => {
      if (text === '') return;
      if (depth === 1 && title === undefined) {
        title = text;
        return;
      }
      while ((path.at(-1)?.depth ?? 0) >= depth) path.pop();
      path.push({ depth, text });
      sections.push({ headings: path.map((entry) => entry.text), blocks: [] });
    },
    blocks: (...texts: readonly string[]): void => {
      sections.at(-1)?.blocks.push(...texts.filter((text) => text !== ''));
    },
    /** `name` is the title of a text that has none. */
    result: (name: string): ParsedSource => {
      const filled: Section[] = sections.filter(({ blocks }) => blocks.length > 0);
      return { title: title ?? name, sections: filled, pairs: [] };
    },
  };
}

export type Sections = ReturnType<typeof createSections>;
