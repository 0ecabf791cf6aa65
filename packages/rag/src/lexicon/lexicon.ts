import { afterSaleWords } from './after-sale-words.ts';
import { contactWords } from './contact-words.ts';
import { deliveryWords } from './delivery-words.ts';
import { everydayWords } from './everyday-words.ts';
import { goodsWords } from './goods-words.ts';
import { parseLexicon } from './parse-lexicon.ts';
import { placeAndTimeWords } from './place-and-time-words.ts';
import { priceWords } from './price-words.ts';
import { propertyWords } from './property-words.ts';
import { serviceWords } from './service-words.ts';
import { tradeWords } from './trade-words.ts';

/**
 * What buyers and sellers call things, of all trades. Without an embedding model this is what bridges everyday wording
 * and the wording of the base.
 */
export const defaultLexicon = parseLexicon([
  deliveryWords,
  priceWords,
  tradeWords,
  afterSaleWords,
  contactWords,
  placeAndTimeWords,
  propertyWords,
  goodsWords,
  serviceWords,
  everydayWords,
]);
