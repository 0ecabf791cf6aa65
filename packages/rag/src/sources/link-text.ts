/** What a link says: addresses of the web, of mail, and telephone numbers stay readable beside their texts. */
export function linkText(text: string, href: string): string {
  const shown = shownOf(href.trim());
  if (shown === '' || text.includes(shown)) return text;
  if (/^tel:/i.test(href.trim()) && digitsOf(text).endsWith(digitsOf(shown).slice(-LOCAL_DIGITS)))
    return text;
  return text === '' || shown.includes(text) ? shown : `${text} (${shown})`;
}

// „8 …“ and „+7 …“ are one number.
const LOCAL_DIGITS = 10;

const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

function shownOf(href: string): string {
  if (/^https?:\/\//i.test(href)) return href;
  const address = /^(?:mailto|tel):([^?]+)/i.exec(href)?.[1] ?? '';
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
