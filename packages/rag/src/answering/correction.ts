import { explainProblem } from '../gate/explain.ts';
import type { GateProblem, GateReport } from '../gate/gate.ts';
import type { PromptMessage } from '../ports.ts';

/** A text that the check stopped, as the model gave it. */
export type RefusedDraft = { answer: string; sources: readonly number[]; gate: GateReport };

/** As much of a text as its model gets to see again. */
const MAX_LENGTH = 3_000;

const STOPPED = 'Этот ответ не отправлен: его сверили с блоками, указанными в sources, и вот что не сошлось:';
const AGAIN = `Напиши ответ заново по тем же правилам и в том же виде. Говори только то, что сказано в сведениях, по возможности их словами; числа, цены и сроки — с тем, к чему они там относятся, и со всеми условиями. Чего в сведениях нет, о том не пиши. В sources назови все блоки, из которых взят ответ. О сверке не упоминай. Если так ответить нельзя, верни action "handoff".`;
/** What a model is told of a text that was stopped; none of it may show in an answer. */
export const CORRECTION_INSTRUCTIONS = [STOPPED, AGAIN].join('\n');

/** Signs of a model that does what somebody else tells it: such a one would only be told how to say it better. */
const DICTATED: ReadonlySet<GateProblem['kind']> = new Set([
  'phone',
  'email',
  'link',
  'channel',
  'leak',
  'dictated',
]);

/** Whether what was stopped looks like a slip of the pen, which a model may mend. */
export const mayBeCorrected = ({ problems }: GateReport): boolean =>
  problems.every(({ kind }) => !DICTATED.has(kind));

/** What comes after the prompt when a model is asked once more: its own text, and what the check objected to. */
export function correctionMessages({ answer, sources, gate }: RefusedDraft): PromptMessage[] {
  const said = JSON.stringify({ answer: answer.slice(0, MAX_LENGTH), sources, action: 'answer', reason: '' });
  const objections = [...new Set(gate.problems.map(explainProblem))].map((problem) => `– ${problem}`);
  return [
    { role: 'assistant', content: said },
    { role: 'user', content: [STOPPED, ...objections, AGAIN].join('\n') },
  ];
}
