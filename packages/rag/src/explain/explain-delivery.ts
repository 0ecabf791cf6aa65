import type { ReplyFacts } from './reply-facts.ts';
import { counted } from './words.ts';

const moscow = new Intl.DateTimeFormat('ru', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Moscow',
});

const replyStates: Record<string, string> = {
  draft: 'Это черновик: он ждёт решения владельца и не отправлен.',
  tried: 'Это проба: покупателю ничего не отправлено.',
  cancelled: 'Ответ отменён до отправки: чат перешёл к человеку, или пришло новое сообщение.',
};

function sendLine({ part, status, attempts, sentAt, errorCode, errorMessage }: ReplyFacts['sends'][number]) {
  const tries = attempts > 1 ? ` (попыток: ${attempts})` : '';
  const why = errorCode === null ? '' : `: ${errorMessage ?? errorCode} (${errorCode})`;
  switch (status) {
    case 'sent':
      return `Часть ${part} отправлена${sentAt === null ? '' : ` ${moscow.format(sentAt)} МСК`}${tries}.`;
    case 'queued':
      return `Часть ${part} ждёт отправки${tries}${why}.`;
    case 'sending':
      return `Часть ${part} отправляется${tries}.`;
    case 'unknown':
      return `Часть ${part}: дошла ли она, пока неизвестно, сверяемся с перепиской${tries}${why}.`;
    case 'failed':
      return `Часть ${part} отправить не удалось${tries}${why}.`;
    default:
      return `Часть ${part} отменена до отправки${why}.`;
  }
}

/** What became of the text after it was written. */
export function explainDelivery({ reply, sends }: Pick<ReplyFacts, 'reply' | 'sends'>): string[] {
  const state = replyStates[reply.status];
  return [
    ...(state === undefined ? [] : [state]),
    ...(sends.length > 1
      ? [`Текст разделён на ${counted(sends.length, ['часть', 'части', 'частей'])}.`]
      : []),
    ...sends.map(sendLine),
  ];
}
