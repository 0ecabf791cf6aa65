/** The longest Russian words have some 40 letters, hashes 64 to 128. Other scripts may write without spaces. */
const LONGEST_WORD = 128;
const LETTER = String.raw`[\p{Script=Cyrillic}\p{Script=Latin}\p{N}\p{M}_]`;
/** As many characters has a message of Avito, and an address of a page at the most. */
const LONGEST_TOKEN = 1_000;
const LONGEST_GAP = 20;
const SIGN = String.raw`[^\p{L}\p{N}\p{M}_\s]`;

const runsOf = (one: string, most: number) => new RegExp(`(?<!${one})(${one}{${most}})${one}+`, 'gu');
const WORDS = runsOf(LETTER, LONGEST_WORD);
const TOKENS = runsOf(String.raw`\S`, LONGEST_TOKEN);
const SIGNS = runsOf(SIGN, LONGEST_GAP);
const SPACES = new RegExp(String.raw`\s{${LONGEST_GAP},}`, 'gu');

/**
 * A text without the end of what nobody writes: words of hundreds of letters, tokens of thousands of signs, rows of
 * dots, pages of blank lines. Looking for something within such a run takes time that grows with the square of its
 * length, in which no other chat is answered.
 */
export const withoutEndlessRuns = (text: string): string =>
  text
    .replaceAll(SPACES, (run) => (run.includes('\n') ? '\n' : ' '))
    .replaceAll(SIGNS, '$1')
    .replaceAll(WORDS, '$1')
    .replaceAll(TOKENS, '$1');

/** Whether letters would be lost by it. */
export const hasEndlessWord = (text: string): boolean => [WORDS, TOKENS].some((run) => text.search(run) >= 0);
