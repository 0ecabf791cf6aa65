import { DomUtils } from 'htmlparser2';
import type { Element, Node } from './html-nodes.ts';

/** What opens with a click on something else, by its id; `tab` is what stands on its tab, where it has one. */
export type Panels = ReadonlyMap<string, { element: Element; tab: string }>;

export function panelsOf(nodes: Node[], isContent: (element: Element) => boolean): Panels {
  const openers = DomUtils.findAll(({ attribs }) => 'aria-controls' in attribs, nodes);
  const tabs = new Map(
    openers.flatMap((opener) =>
      controlledBy(opener).map((id) => [id, opener.attribs['role'] === 'tab' ? textOf(opener) : ''] as const),
    ),
  );
  const panels = new Map<string, { element: Element; tab: string }>();
  for (const element of DomUtils.findAll(isContent, nodes)) {
    const tab = tabs.get(element.attribs['id'] ?? '');
    if (tab !== undefined) panels.set(element.attribs['id'] ?? '', { element, tab });
  }
  return panels;
}

const textOf = (element: Element) => DomUtils.textContent(element).replaceAll(/\s+/g, ' ').trim();

export const controlledBy = ({ attribs }: Element) =>
  (attribs['aria-controls'] ?? '').split(/\s+/).filter((id) => id !== '');

export const isShown = ({ attribs }: Element) =>
  !('hidden' in attribs) &&
  attribs['aria-hidden'] !== 'true' &&
  !/display:\s*none|visibility:\s*hidden/i.test(attribs['style'] ?? '');
