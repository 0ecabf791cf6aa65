import { replaceEnclosed } from '../text/enclosed.ts';

/** Takes the usual Markdown off a model's answer, because chats show it raw; what is left of it fails the gate. */
export function toPlainText(text: string): string {
  // No pattern runs over lines, nor begins within what it repeats: an answer may be nothing but blanks, or brackets.
  return withoutBold(text.replaceAll(/\r\n?/g, '\n').replaceAll(/^[^\S\n]*```\w*[^\S\n]*$/gm, ''))
    .replaceAll(/^#{1,6}\s+/gm, '')
    .replaceAll(/^([^\S\n]*)[*-]\s+/gm, '$1– ')
    .replaceAll(/\[([^\]]{1,300})\]\((https?:[^)\s]+)\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label}: ${url}`,
    )
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const BOLD = { '**': /(?<=\S)\*\*/g, __: /(?<=\S)__/g };

const withoutBold = (text: string) =>
  replaceEnclosed({
    text,
    opening: /(\*\*|__)(\S)/g,
    closing: ([, mark]) => BOLD[mark === '**' ? mark : '__'],
    replacement: ({ opened: [, , first = ''], inner }) => first + inner,
  });
