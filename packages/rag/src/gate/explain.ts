import type { GateProblem } from './gate.ts';

const EXPLANATIONS: Record<GateProblem['kind'], (value: string) => string> = {
  number: (value) => `числа «${value}» нет в источниках`,
  misplaced: (value) => `число «${value}» источники называют о другом`,
  phone: (value) => `телефона ${value} нет в источниках`,
  email: (value) => `почты ${value} нет в источниках`,
  link: (value) => `ссылки ${value} нет в источниках`,
  channel: (value) => `источники не называют ${value} как способ связи`,
  address: (value) => `адреса «${value}» нет в источниках`,
  name: (value) => `имени «${value}» нет в источниках`,
  date: (value) => `даты ${value} нет в источниках`,
  schedule: (value) => `источники не говорят о таком режиме работы: ${value}`,
  promise: (value) => `обещания «${value}» источники не дают`,
  condition: (value) => `условие «${value}» в ответе не названо`,
  denial: (value) => `о «${value}» источники говорят обратное`,
  unknown: (value) => `источники ничего не говорят о том, что есть «${value}»`,
  leak: (value) => `в ответе видны указания для модели: «${value}»`,
  dictated: (value) => `покупатель велел сказать «${value}», в источниках этого нет`,
  language: (value) => `ответ не на языке покупателя: «${value}»`,
  markup: (value) => `в тексте осталась разметка: ${value}`,
  'too-long': () => 'ответ слишком длинный',
  empty: () => 'ответ пуст',
  'no-source': () => 'модель не назвала ни одного источника',
};

/** In Russian, for the owner: why the text was not sent. */
export const explainProblem = ({ kind, value = '' }: GateProblem): string => EXPLANATIONS[kind](value);
