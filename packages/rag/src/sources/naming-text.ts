const NAME = /^[^.:;!?*\n]{1,60}$/u;

/** The name that a text gives to what stands below it, without its colon; empty where it is a sentence or a note. */
export function nameIn(text: string): string {
  const bare = text.replace(/\s*:$/, '');
  return NAME.test(bare) ? bare : '';
}
