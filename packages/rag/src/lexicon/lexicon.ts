import { afterSaleWords } from './after-sale-words.ts';
import { animalsAndPlantsWords } from './animals-and-plants-words.ts';
import { applianceWords } from './appliance-words.ts';
import { beautyWords } from './beauty-words.ts';
import { bodyAndHealthWords } from './body-and-health-words.ts';
import { brandWords } from './brand-words.ts';
import { buildingWords } from './building-words.ts';
import { carServiceWords } from './car-service-words.ts';
import { carWords } from './car-words.ts';
import { clothesAndShoesWords } from './clothes-and-shoes-words.ts';
import { clothesPartsWords } from './clothes-parts-words.ts';
import { colourWords } from './colour-words.ts';
import { conditionWords } from './condition-words.ts';
import { contactWords } from './contact-words.ts';
import { dayAndHourWords } from './day-and-hour-words.ts';
import { deliveryWords } from './delivery-words.ts';
import { deviceRepairWords } from './device-repair-words.ts';
import { electronicsWords } from './electronics-words.ts';
import { eventWords } from './event-words.ts';
import { everydayWords } from './everyday-words.ts';
import { fittingWords } from './fitting-words.ts';
import { foodAndDrinkWords } from './food-and-drink-words.ts';
import { foodAndFlowerWords } from './food-and-flower-words.ts';
import { furnitureWords } from './furniture-words.ts';
import { goodsWords } from './goods-words.ts';
import { handlingWords } from './handling-words.ts';
import { houseAndYardWords } from './house-and-yard-words.ts';
import { householdWords } from './household-words.ts';
import { jewelleryAndBookWords } from './jewellery-and-book-words.ts';
import { kidsAndSportWords } from './kids-and-sport-words.ts';
import { leisureWords } from './leisure-words.ts';
import { lodgingWords } from './lodging-words.ts';
import { machinesAndPartsWords } from './machines-and-parts-words.ts';
import { measureAndShapeWords } from './measure-and-shape-words.ts';
import { mishapWords } from './mishap-words.ts';
import { moneyAndPapersWords } from './money-and-papers-words.ts';
import { moneyAndTrustWords } from './money-and-trust-words.ts';
import { motionAndStayWords } from './motion-and-stay-words.ts';
import { natureAndMaterialsWords } from './nature-and-materials-words.ts';
import { paperworkWords } from './paperwork-words.ts';
import { parseLexicon } from './parse-lexicon.ts';
import { peopleAndSeasonWords } from './people-and-season-words.ts';
import { peopleWords } from './people-words.ts';
import { petsAndPlantsWords } from './pets-and-plants-words.ts';
import { placeAndTimeWords } from './place-and-time-words.ts';
import { planChangeWords } from './plan-change-words.ts';
import { priceWords } from './price-words.ts';
import { propertyWords } from './property-words.ts';
import { qualityWords } from './quality-words.ts';
import { renovationWords } from './renovation-words.ts';
import { runningWords } from './running-words.ts';
import { serviceWords } from './service-words.ts';
import { softwareWords } from './software-words.ts';
import { teachingWords } from './teaching-words.ts';
import { tradeWords } from './trade-words.ts';
import { transportWords } from './transport-words.ts';
import { vehiclesWords } from './vehicles-words.ts';
import { visitWords } from './visit-words.ts';

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
  beautyWords,
  carServiceWords,
  deviceRepairWords,
  eventWords,
  householdWords,
  lodgingWords,
  paperworkWords,
  renovationWords,
  teachingWords,
  transportWords,
  visitWords,
  applianceWords,
  brandWords,
  buildingWords,
  carWords,
  clothesAndShoesWords,
  conditionWords,
  electronicsWords,
  foodAndFlowerWords,
  furnitureWords,
  jewelleryAndBookWords,
  kidsAndSportWords,
  petsAndPlantsWords,
  mishapWords,
  planChangeWords,
  fittingWords,
  motionAndStayWords,
  handlingWords,
  runningWords,
  moneyAndTrustWords,
  peopleAndSeasonWords,
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
