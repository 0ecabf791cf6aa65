import type { PlainSource } from './source.ts';

/** What is known of a listing; Avito tells no descriptions. */
export type Listing = {
  itemId: number;
  title: string | null;
  /** As it is shown, in rubles. */
  price: string | null;
  category: string | null;
  address: string | null;
  url: string | null;
};

/** The documents of listings share this beginning of their keys. */
export const LISTINGS_PREFIX = 'avito/items/';

/** A listing as a document that answers questions about this listing only. */
export function listingSource(listing: Listing): PlainSource {
  const { itemId, price, category, address, url } = listing;
  const title = listing.title ?? `Объявление ${itemId}`;
  const lines = [
    `Объявление «${title}».`,
    price === null ? '' : `Цена по объявлению: ${price}.`,
    category === null ? '' : `Категория: ${category}.`,
    address === null ? '' : `Адрес: ${address}.`,
    url === null ? '' : `Ссылка на объявление: ${url}`,
  ];
  return {
    key: `${LISTINGS_PREFIX}${itemId}`,
    kind: 'text',
    name: title,
    itemId,
    text: lines.filter((line) => line !== '').join('\n\n'),
  };
}
