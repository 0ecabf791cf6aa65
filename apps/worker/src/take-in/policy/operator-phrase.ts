import type { PolicySettings } from '@avito-autoreply/config';

const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ').trim();

const isPhrase = (text: string, phrase: string) => phrase !== '' && fold(text) === fold(phrase);

/** What an operator's message tells the program to do: nothing but the phrase, in any capitals. */
export function operatorPhrase(
  text: string | null,
  { resumePhrase, pausePhrase }: Pick<PolicySettings, 'resumePhrase' | 'pausePhrase'>,
): 'resume' | 'pause' | undefined {
  if (text === null) return undefined;
  if (isPhrase(text, resumePhrase)) return 'resume';
  return isPhrase(text, pausePhrase) ? 'pause' : undefined;
}
