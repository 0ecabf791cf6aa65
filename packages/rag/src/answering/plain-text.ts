/** Takes the usual Markdown off a model's answer, because chats show it raw; what is left of it fails the gate. */
export function toPlainText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/^\s*```\w*\s*$/gm, '')
    .replaceAll(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replaceAll(/^#{1,6}\s+/gm, '')
    .replaceAll(/^(\s*)[*-]\s+/gm, '$1– ')
    .replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label}: ${url}`,
    )
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
