import { DomUtils } from 'htmlparser2';
import { foldForSearch } from '../text/normalize.ts';
import { isFact } from './contact-facts.ts';
import type { Node } from './html-nodes.ts';
import type { Section } from './source.ts';
import { named } from './table.ts';

/** More of them are a page of their own. */
const MAX_LINES = 500;
/** Longer ones are sentences of lawyers. */
const MAX_LINE = 300;

const PHONE = /(?:\+7|(?<!\d)8)(?:[\s()–-]{0,3}\d){10}(?!\d)|(?<![\d-])\d{2,3}-\d\d-\d\d(?![\d-])/gu;
const OTHER_FACTS = [
  // A mailbox
  /[\w.-]@[\w-]{1,60}\.\p{L}/u,
  // Hours
  /(?<!\d)\d{1,2}[:.]\d\d\s*(?:до|[-–—])\s*\d{1,2}[:.]\d\d|(?<!\p{L})с\s*\d{1,2}(?:[:.]\d\d)?\s*до\s*\d{1,2}|24\/7/iu,
  /(?<!\p{L})(?:круглосуточно|ежедневно|без\s(?:перерыва|выходных|обеда)|выходн(?:ой|ые)|(?:пн|вт|ср|чт|пт|сб|вс)\s*[-–—.,:])/iu,
  // An address
  /(?<!\p{L})(?:ул|улица|пр-?к?т|просп|проспект|пер|переулок|шоссе|наб|набережная|б-р|бульвар|пл|площадь|мкр|дом|д)(?!\p{L}).{0,80}\d/iu,
  /(?<!\p{L})(?:ТЦ|ТРЦ|ТРК|БЦ)\s*[«"“\p{L}]/u,
];

/**
 * Lines of a page's head and foot that tell how to reach the shop, each with the name that stands above it, but for what the page says
 * itself. Menus, links to networks and copyright lines tell nothing of the kind.
 */
export function contactLines(frame: readonly Section[], content: readonly Section[]): string[] {
  const said = content.flatMap(({ headings, blocks }) => [...headings, ...blocks]).join('\n');
  const isSaid = saidIn(said);
  let left = MAX_LINES;
  const lines = frame.flatMap(({ headings, blocks }) => {
    const heading = /^контакты$/iu.test(headings.at(-1) ?? '') ? '' : (headings.at(-1) ?? '');
    let label = '';
    const texts = blocks.flatMap((block) => block.split('\n')).slice(0, left);
    left -= texts.length;
    return texts.flatMap((line) => {
      const above = [isFact(heading) && (label !== '' || namesItself(line)) ? '' : heading, label];
      label = isFact(line) ? line : '';
      if (label !== '' || !tellsFact(line) || isSaid(line)) return [];
      return [above.filter((name) => name !== '').reduceRight((told, name) => named([name, told]), line)];
    });
  });
  return [...new Set(lines)];
}

/** „Почта: a@b.ru“ */
const namesItself = (line: string) => line.includes(':') && isFact(line.slice(0, line.indexOf(':')));

const phonesIn = (line: string) => [...line.matchAll(PHONE)].map(([phone]) => lastDigits(phone));
const tellsOther = (line: string) => OTHER_FACTS.some((fact) => fact.test(line));
const tellsFact = (line: string) =>
  line.length <= MAX_LINE && (phonesIn(line).length > 0 || tellsOther(line));

/** One number is written in many ways. */
const lastDigits = (phone: string) => phone.replaceAll(/\D/g, '').slice(-10);

function saidIn(text: string): (line: string) => boolean {
  const folded = foldForSearch(text);
  const phones = new Set(phonesIn(text));
  return (line) =>
    folded.includes(foldForSearch(line)) ||
    (!tellsOther(line) && phonesIn(line).every((phone) => phones.has(phone)));
}

const FRONT = /^(?:index|home|main|default|glavnaya|главная|[a-z]{2})?$/iu;
const OF_CONTACTS = /contact|kontakt|контакт|^about|^o-(?:nas|kompanii)|^о[-_\s](?:нас|компании)/iu;
const SAVED_FROM = /saved from url=\(\d{1,6}\)(\S{1,2000})/;

/**
 * Whether a page is the first one of its site, or that of its contacts. What the head and the foot of a site say stands on all of its
 * pages, and is read on these.
 */
export function isOfContacts(key: string, nodes: Node[]): boolean {
  const page = pathOf(key) ?? pathOf(ownAddress(nodes)) ?? `/${key.slice(key.lastIndexOf('/') + 1)}`;
  const last = page.split('/').findLast((part) => part !== '') ?? '';
  const name = last.replace(/\.\w{1,5}$/, '');
  return FRONT.test(name) || OF_CONTACTS.test(name);
}

/** Undefined for what is no address of the web. */
function pathOf(address: string): string | undefined {
  const url = /^https?:/i.test(address) ? URL.parse(address) : null;
  if (url === null) return undefined;
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return url.pathname;
  }
}

/** Where a page says that it lies, or a browser that it was saved from; empty where neither does. */
function ownAddress(nodes: Node[]): string {
  const element = DomUtils.findOne(
    ({ name, attribs }) =>
      (name === 'link' && attribs['rel'] === 'canonical') ||
      (name === 'meta' && attribs['property'] === 'og:url'),
    nodes,
    true,
  );
  if (element !== null) return element.attribs['href'] ?? element.attribs['content'] ?? '';
  return nodes.flatMap((node) => ('data' in node ? (SAVED_FROM.exec(node.data)?.[1] ?? []) : []))[0] ?? '';
}
