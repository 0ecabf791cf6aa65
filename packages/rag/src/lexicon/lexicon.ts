import { everydayWords } from './everyday-words.ts';
import { fittingWords } from './fitting-words.ts';
import { goodsWords } from './goods-words.ts';
import { handlingWords } from './handling-words.ts';
import { mishapWords } from './mishap-words.ts';
import { moneyAndTrustWords } from './money-and-trust-words.ts';
import { motionAndStayWords } from './motion-and-stay-words.ts';
import { parseLexicon } from './parse-lexicon.ts';
import { peopleAndSeasonWords } from './people-and-season-words.ts';
import { placeAndTimeWords } from './place-and-time-words.ts';
import { planChangeWords } from './plan-change-words.ts';
import { propertyWords } from './property-words.ts';
import { runningWords } from './running-words.ts';
import { serviceWords } from './service-words.ts';
import { tradeWords } from './trade-words.ts';

/**
 * What buyers and sellers call things, of all trades. Without an embedding model this is what bridges everyday wording
 * and the wording of the base.
 */
export const defaultLexicon = parseLexicon([
  tradeWords,
  placeAndTimeWords,
  propertyWords,
  goodsWords,
  serviceWords,
  everydayWords,
  mishapWords,
  planChangeWords,
  fittingWords,
  motionAndStayWords,
  handlingWords,
  runningWords,
  moneyAndTrustWords,
  peopleAndSeasonWords,
]);
