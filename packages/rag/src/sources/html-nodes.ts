import type { parseDocument } from 'htmlparser2';

export type Node = ReturnType<typeof parseDocument>['children'][number];
export type Element = Extract<Node, { attribs: unknown }>;

/** The texts of a piece of HTML, in their order. */
export type ReadHtml = (html: string) => string[];
