/** By which a server knows us, in its logs and in its robots.txt. */
export const ROBOT = 'AvitoAutoreplyBot';

/** As much as RFC 9309 (2.5) asks for; the rest of a longer file is ignored. */
export const ROBOTS_BYTES = 500 * 1024;

type Rule = { isAllowed: boolean; pattern: string };
type Group = { agents: string[]; rules: Rule[] };

/** Whether a robots.txt (RFC 9309) lets us read the path with its query: the longest rule decides, allowing wins a tie. */
export function robotsAllow({ robots, path }: { robots: string; path: string }): boolean {
  const groups = readGroups(robots);
  const own = groups.filter(({ agents }) => agents.some((agent) => ROBOT.toLowerCase() === agent));
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'));
  const asked = inOneSpelling(path);
  const matching = chosen
    .flatMap(({ rules }) => rules)
    .filter(({ pattern }) => matches(pattern, asked))
    .toSorted((a, b) => b.pattern.length - a.pattern.length || Number(b.isAllowed) - Number(a.isAllowed));
  return matching[0]?.isAllowed ?? true;
}

function readGroups(robots: string): Group[] {
  const groups: Group[] = [];
  let isNaming = false;
  for (const line of robots.split(/\r\n?|\n/)) {
    const [, field = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      // Names that follow each other share the rules below.
      if (!isNaming) groups.push({ agents: [], rules: [] });
      groups.at(-1)?.agents.push(value.trim().toLowerCase());
      isNaming = true;
    } else if (name === 'allow' || name === 'disallow') {
      isNaming = false;
      if (value.trim() !== '')
        groups.at(-1)?.rules.push({ isAllowed: name === 'allow', pattern: inOneSpelling(value.trim()) });
    }
  }
  return groups;
}

/** `/каталог` and `/%d0%ba…` are one path (RFC 9309, 2.2.2), while `%2F` is no `/` and `%2A` no `*`. */
function inOneSpelling(path: string): string {
  return path
    .replaceAll(/[^\0-\x7f]+/g, (letters) => encodeURIComponent(letters.toWellFormed()))
    .replaceAll(/%[\da-f]{2}/gi, (octet) => {
      const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : octet.toUpperCase();
    });
}

/** `*` stands for anything, `$` for the end. Without a regular expression: the pattern is a stranger's. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    if (isLast && isWhole) return path.length - part.length >= at && path.endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return !isWhole || at === path.length;
}
