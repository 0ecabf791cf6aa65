import type { GateProblem, GateReport } from '../gate/gate.ts';
import type { PromptMessage } from '../ports.ts';

/** A text that the check stopped, as the model gave it. */
export type RefusedDraft = { answer: string; sources: readonly number[]; gate: GateReport };

/** As much of a text as its model gets to see again. */
const MAX_LENGTH = 3_000;

const STOPPED =
  'Этот ответ не отправлен: его сверили с блоками, указанными в sources. Вот что не сошлось, остальное перепроверь:';
const AGAIN = `Напиши ответ заново по тем же правилам и в том же виде.
Говори только то, что сказано в сведениях, по возможности их словами: числа, цены и сроки — с тем, к чему они там относятся, и со всеми условиями. Если число посчитано, покажи из чего: цена × количество = сумма; если не уверен, дай цену и условие без суммы. Если сведения говорят «нет» или ставят ограничение, так и ответь.
В sources назови все блоки, из которых взят ответ. О сверке не упоминай. Если так ответить нельзя, верни action "handoff".`;
/** What a model is told of a text that was stopped; none of it may show in an answer. */
export const CORRECTION_INSTRUCTIONS = [STOPPED, AGAIN].join('\n');

/**
 * How a model is told what to mend, without what would be right: it has the sources. Only what they say and the text
 * said otherwise is here. Whoever promised or described what no source speaks of would do it in other words (of 15 such
 * texts 9 passed so when their author insisted), and a contact, a leak or dictated words are no slip of the pen.
 */
const OBJECTIONS: Partial<Record<GateProblem['kind'], (value: string) => string>> = {
  number: (value) => `числа «${value}» нет в источниках, и из их чисел оно не выводится так, как написано`,
  misplaced: (value) => `число «${value}» в источниках относится к другому или стоит с другим условием`,
  address: (value) => `адреса «${value}» нет в источниках`,
  name: (value) => `имени «${value}» нет в источниках`,
  date: (value) => `даты «${value}» нет в источниках`,
  schedule: (value) => `о времени работы источники говорят иначе: «${value}»`,
  condition: (value) => `не названо условие из источника: «${value}»`,
  denial: (value) => `о «${value}» источники говорят обратное или с оговоркой`,
  language: (value) => `ответ не на языке покупателя: «${value}»`,
  markup: (value) => `в тексте осталась разметка: ${value}`,
  'too-long': () => 'ответ слишком длинный',
  empty: () => 'ответ пуст',
  'no-source': () => 'в sources нет ни одного блока, который был дан',
};

/**
 * What comes after the prompt when a model is asked once more: its own text, and what the check objected to; undefined
 * for what is no slip of the pen.
 */
export function correctionOf({ answer, sources, gate }: RefusedDraft): PromptMessage[] | undefined {
  const objections = new Set<string>();
  for (const { kind, value = '' } of gate.problems) {
    const objection = OBJECTIONS[kind]?.(value);
    if (objection === undefined) return undefined;
    objections.add(`– ${objection}`);
  }
  const said = JSON.stringify({ answer: answer.slice(0, MAX_LENGTH), sources, action: 'answer', reason: '' });
  return [
    { role: 'assistant', content: said },
    { role: 'user', content: [STOPPED, ...objections, AGAIN].join('\n') },
  ];
}
