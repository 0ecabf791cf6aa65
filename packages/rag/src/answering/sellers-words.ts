import { withoutOrdersToModel } from '../hygiene/orders-to-model.ts';
import type { Passage } from '../retrieval/merge-neighbours.ts';
import type { ItemContext } from './answer.ts';

/** A passage without what it tells a model to do: that grounds nothing, and is not quoted. */
export const sellersWords = ({ heading, question, content, ...passage }: Passage): Passage => ({
  ...passage,
  heading: withoutOrdersToModel(heading),
  question: question === null ? null : withoutOrdersToModel(question),
  content: withoutOrdersToModel(content),
});

/** The same of a listing, whose title may be the work of whoever wrote it. */
export const sellersItem = ({ title, ...item }: ItemContext): ItemContext => ({
  ...item,
  ...(title === undefined ? {} : { title: withoutOrdersToModel(title) }),
});
