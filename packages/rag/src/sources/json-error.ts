type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'next';

const TOKEN =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/uy;
const SPACES = /[ \t\n\r]*/y;

/** Where a text that is no JSON stops being some: `JSON.parse` tells it of some mistakes only. Its end where it breaks off. */
export function jsonErrorAt(text: string): { line: number; column: number; isEnd: boolean } {
  const open: string[] = [];
  let expected: Expected | undefined = 'value';
  let at = 0;
  while (expected !== undefined) {
    SPACES.lastIndex = at;
    at += SPACES.exec(text)?.[0].length ?? 0;
    TOKEN.lastIndex = at;
    const token: string = TOKEN.exec(text)?.[0] ?? '';
    expected = token === '' ? undefined : after({ token, expected, open });
    if (expected !== undefined) at += token.length;
  }
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, isEnd: at === text.length };
}

/** What may come after the token; undefined where the token itself may not come. `open` holds what closes each level. */
function after({
  token,
  expected,
  open,
}: {
  token: string;
  expected: Expected;
  open: string[];
}): Expected | undefined {
  const isClosing = token === open.at(-1) && expected !== 'value' && expected !== 'key' && expected !== ':';
  if (isClosing) {
    open.pop();
    return 'next';
  }
  switch (expected) {
    case 'value':
    case 'value or ]':
      if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']');
      if (token === '{') return 'key or }';
      if (token === '[') return 'value or ]';
      return /^[\]},:]$/.test(token) ? undefined : 'next';
    case 'key':
    case 'key or }':
      return token.startsWith('"') ? ':' : undefined;
    case ':':
      return token === ':' ? 'value' : undefined;
    case 'next':
      if (token !== ',' || open.length === 0) return undefined;
      return open.at(-1) === '}' ? 'key' : 'value';
  }
}
