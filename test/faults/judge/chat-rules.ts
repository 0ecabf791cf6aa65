import { marksIn } from '../world/facts.ts';
import type { Asked, Problem, Said } from './records.ts';

/** One chat, each list in the order of time. */
export type ChatRecords = { asked: readonly Asked[]; said: readonly Said[] };

const firstMark = (text: string) => marksIn(text)[0];
const byApi = ({ said }: ChatRecords): Said[] =>
  said.filter(({ by, isDeleted }) => by === 'api' && !isDeleted);
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

/**
 * Parts in the order of the text, answers in the order of the questions: unless the webhook had not, or hardly, heard of
 * the earlier question when the later one was answered.
 */
export function disorder(chat: ChatRecords, { graceMs }: { graceMs: number }): Problem[] {
  const order = new Map(chat.asked.map((message, index) => [factOf(message), { ...message, index }]));
  let latest = { question: -1, position: 0, at: 0 };
  const seen = new Set<string>();
  return byApi(chat).flatMap((send) => {
    const mark = firstMark(send.text);
    // What stands there twice is judged as a double.
    if (mark === undefined || seen.has(send.text)) return [];
    seen.add(send.text);
    const asked = order.get(mark.fact);
    const question = asked?.index ?? -1;
    const isOlder = question < latest.question;
    const isKnown = (asked?.acceptedAt ?? Infinity) + graceMs < latest.at;
    const isLate = (isOlder && isKnown) || (question === latest.question && mark.position < latest.position);
    if (!isOlder) latest = { question, position: mark.position, at: send.at };
    return isLate
      ? [problem('out-of-order', send, `fact ${mark.fact} from mark ${mark.position} on came late`)]
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
