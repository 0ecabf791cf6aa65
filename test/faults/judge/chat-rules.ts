import { marksIn } from '../world/facts.ts';
import type { Asked, Problem, Said } from './records.ts';

/** One chat, each list in the order of time. */
export type ChatRecords = { asked: readonly Asked[]; said: readonly Said[] };

const firstMark = (text: string) => marksIn(text)[0];
const byApi = ({ said }: ChatRecords): Said[] =>
  said.filter(({ by, isDeleted }) => by === 'api' && !isDeleted);
/** What stands there twice is judged as a double, once. */
function byApiOnce(chat: ChatRecords): Said[] {
  const seen = new Set<string>();
  return byApi(chat).filter(({ text }) => !seen.has(text) && seen.add(text));
}
const factOf = ({ text }: Asked): number => Number(/я(\d+)/.exec(text)?.[1] ?? 0);

const problem = (kind: Problem['kind'], { chatId, messageId }: Asked | Said, detail: string): Problem => ({
  kind,
  chatId,
  messageId,
  detail,
});

/**
 * The same words again. Each fact is asked for at most once in a chat, so a part of it that stands there a second time
 * is a double; a prepared text may come again, but only after the buyer has written again.
 */
export function doubles(chat: ChatRecords): Problem[] {
  const seen = new Map<string, Said>();
  return byApi(chat).flatMap((send) => {
    const before = seen.get(send.text);
    seen.set(send.text, send);
    if (!before) return [];
    const isPrepared = firstMark(send.text) === undefined;
    const wroteAgain = chat.asked.some(({ at }) => at > before.at && at <= send.at);
    if (isPrepared && wroteAgain) return [];
    return [
      problem(
        'twice',
        send,
        `the same text again after ${send.at - before.at} ms: ${send.text.slice(0, 40)}…`,
      ),
    ];
  });
}

/** More answers than questions, at any moment. The parts of one answer count once. */
export function surplus(chat: ChatRecords): Problem[] {
  const known = new Set<number>();
  let answers = 0;
  return byApi(chat).flatMap((send) => {
    const fact = firstMark(send.text)?.fact;
    if (fact !== undefined && known.has(fact)) return [];
    for (const mark of marksIn(send.text)) known.add(mark.fact);
    answers += 1;
    const questions = chat.asked.filter(({ at }) => at <= send.at).length;
    if (answers <= questions) return [];
    return [problem('twice', send, `answer ${answers} to ${questions} questions`)];
  });
}

/** Parts in the order of the text: what is said of a fact goes on where it ended. */
export function disorder(chat: ChatRecords): Problem[] {
  const reached = new Map<number, number>();
  return byApiOnce(chat).flatMap((send) => {
    const late = marksIn(send.text).find(({ fact, position }) => position < (reached.get(fact) ?? 0));
    for (const { fact, position } of marksIn(send.text)) reached.set(fact, position);
    return late
      ? [problem('out-of-order', send, `fact ${late.fact} from mark ${late.position} on came late`)]
      : [];
  });
}

/** Answers in the order of their turns, of which our rows tell: an earlier question may have become known later. */
export function turnsOutOfOrder(chat: ChatRecords, turns: ReadonlyMap<string, number>): Problem[] {
  let latest = 0;
  return byApiOnce(chat).flatMap((send) => {
    const turn = turns.get(send.messageId) ?? latest;
    const before = latest;
    latest = Math.max(latest, turn);
    return turn < before ? [problem('out-of-order', send, `turn ${turn} after turn ${before}`)] : [];
  });
}

/** Answers in the order of the questions: for what answers each message by itself. */
export function questionsOutOfOrder(chat: ChatRecords): Problem[] {
  const order = new Map(chat.asked.map((message, index) => [factOf(message), index]));
  let latest = -1;
  return byApiOnce(chat).flatMap((send) => {
    const question = order.get(firstMark(send.text)?.fact ?? 0) ?? latest;
    const before = latest;
    latest = Math.max(latest, question);
    return question < before
      ? [problem('out-of-order', send, `question ${question + 1} after ${before + 1}`)]
      : [];
  });
}

/** What we sent although an operator had the chat: the webhook had accepted his message longer than the grace ago. */
export function overOperator(chat: ChatRecords, { graceMs }: { graceMs: number }): Problem[] {
  const taken = chat.said.find(({ by, acceptedAt }) => by === 'operator' && acceptedAt !== undefined);
  if (taken?.acceptedAt === undefined) return [];
  const { acceptedAt } = taken;
  return chat.said
    .filter(({ by, at }) => by === 'api' && at > acceptedAt + graceMs)
    .map((send) => problem('over-operator', send, `${send.at - acceptedAt} ms after the operator's message`));
}

/** When something of ours came after the message, or its very own fact, and whether a person has the chat. */
export function sequelOf(
  message: Asked,
  chat: ChatRecords,
  { ownFact }: { ownFact: boolean },
): { answeredAt: number | undefined; hasOperator: boolean } {
  const fact = factOf(message);
  const answers = ({ at, text }: Said): boolean =>
    at >= message.at && (!ownFact || marksIn(text).some((mark) => mark.fact === fact));
  return {
    answeredAt: byApi(chat).find(answers)?.at,
    hasOperator: chat.said.some(({ by }) => by === 'operator'),
  };
}

/** The message that a send came after: what it answers, if anything. */
export const lastAskedBefore = (asked: readonly Asked[], at: number): Asked | undefined =>
  asked.findLast((message) => message.at <= at) ?? asked[0];
