/** A token for the buyer's own phone, mail or card, which becomes the real one before the text is sent. */
const TOKEN = /\[(телефон|почта|карта) \d+\]/gu;
// „по вашему номеру [телефон 1]“, „вы указали почту [почта 1]“: his, and said to be his.
const NAMED_AS_HIS =
  /(?:ваш\p{L}*|вы (?:указали|оставили|написали|прислали|дали))\s+(?:\p{L}+\s+)?(?:номер|телефон|почт|адрес|e-?mail|email)\p{L}*[\s:—–-]*(?:\p{L}+\s+)?$/iu;

const KINDS: Record<string, 'phone' | 'email' | 'number'> = {
  телефон: 'phone',
  почта: 'email',
  карта: 'number',
};

/**
 * The buyer's own contacts that would be given out as somebody else's: „телефон директора: [телефон 1]“. A card is never
 * repeated.
 */
export function misusedTokens(answer: string): { kind: 'phone' | 'email' | 'number'; value: string }[] {
  return [...answer.matchAll(TOKEN)].flatMap(({ 0: value, 1: name = '', index }) => {
    const isHis = name !== 'карта' && NAMED_AS_HIS.test(answer.slice(Math.max(0, index - 60), index));
    return isHis ? [] : [{ kind: KINDS[name] ?? ('number' as const), value }];
  });
}
