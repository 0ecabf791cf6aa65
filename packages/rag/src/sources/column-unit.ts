const MONEY = String.raw`₽|руб(?:\.|л\p{L}+)?|р\.`;
const OTHER = String.raw`коп\.?|кг|гр?|т|к?м[23]?|см|мм|м?л|шт|чел|ч|час(?:ов|ы|а)?|мин(?:ут[ыа]?)?|дн(?:ей|и|я)?|сут(?:ок|ки)?|мес(?:яц\p{L}*)?|лет|%|к?вт`;
// „Цена, руб.“, „Прокат (₽) будни“, „Вес, кг“
const UNIT = new RegExp(String.raw`(?:,\s*|\s*\((?:в\s+)?)(?:(${MONEY})\)?(?=\s|$)|(${OTHER})\.?\)?$)`, 'iu');
const BARE_NUMBER = /^(?:(?:от|до)\s+)?\d[\d\s.,–-]*$/u;

/** A number whose unit the name of its column tells, with the unit: „Цена, руб.“ and „590“ are „Цена“ and „590 руб.“ */
export function withUnit(name: string, value: string): [name: string, value: string] {
  const found = BARE_NUMBER.test(value) ? UNIT.exec(name) : null;
  if (found === null) return [name, value];
  return [
    `${name.slice(0, found.index)}${name.slice(found.index + found[0].length)}`.trim(),
    `${value} ${found[1] ?? found[2]}`,
  ];
}
