import { animalsAndPlantsWords } from './animals-and-plants-words.ts';
import { bodyAndHealthWords } from './body-and-health-words.ts';
import { clothesPartsWords } from './clothes-parts-words.ts';
import { colourWords } from './colour-words.ts';
import { dayAndHourWords } from './day-and-hour-words.ts';
import { everydayWords } from './everyday-words.ts';
import { foodAndDrinkWords } from './food-and-drink-words.ts';
import { goodsWords } from './goods-words.ts';
import { houseAndYardWords } from './house-and-yard-words.ts';
import { leisureWords } from './leisure-words.ts';
import { machinesAndPartsWords } from './machines-and-parts-words.ts';
import { measureAndShapeWords } from './measure-and-shape-words.ts';
import { moneyAndPapersWords } from './money-and-papers-words.ts';
import { natureAndMaterialsWords } from './nature-and-materials-words.ts';
import { parseLexicon } from './parse-lexicon.ts';
import { peopleWords } from './people-words.ts';
import { placeAndTimeWords } from './place-and-time-words.ts';
import { propertyWords } from './property-words.ts';
import { qualityWords } from './quality-words.ts';
import { serviceWords } from './service-words.ts';
import { softwareWords } from './software-words.ts';
import { tradeWords } from './trade-words.ts';
import { vehiclesWords } from './vehicles-words.ts';

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
  peopleWords,
  bodyAndHealthWords,
  houseAndYardWords,
  natureAndMaterialsWords,
  foodAndDrinkWords,
  animalsAndPlantsWords,
  moneyAndPapersWords,
  dayAndHourWords,
  colourWords,
  measureAndShapeWords,
  qualityWords,
  vehiclesWords,
  machinesAndPartsWords,
  softwareWords,
  clothesPartsWords,
  leisureWords,
]);
