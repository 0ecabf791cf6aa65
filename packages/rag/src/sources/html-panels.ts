import { DomUtils } from 'htmlparser2';
import type { Element, Node } from './html-nodes.ts';

/** What opens with a click on something else, by its id. */
export function panelsOf(
  nodes: Node[],
  isContent: (element: Element) => boolean,
): ReadonlyMap<string, Element> {
  const controlled = new Set(
    DomUtils.findAll(({ attribs }) => 'aria-controls' in attribs, nodes).flatMap(controlledBy),
  );
  const panels = DomUtils.findAll(
    (element) => controlled.has(element.attribs['id'] ?? '') && isContent(element),
    nodes,
  );
  return new Map(panels.map((panel) => [panel.attribs['id'] ?? '', panel]));
}

export const controlledBy = ({ attribs }: Element) => (attribs['aria-controls'] ?? '').split(/\s+/);

export const isShown = ({ attribs }: Element) =>
  !('hidden' in attribs) &&
  attribs['aria-hidden'] !== 'true' &&
  !/display:\s*none|visibility:\s*hidden/i.test(attribs['style'] ?? '');
