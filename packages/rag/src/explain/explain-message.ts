import { answerReasonText } from './reason-texts.ts';
import { quoted } from './words.ts';

type MessageFacts = {
  text: string | null;
  decision: 'answer' | 'hold' | 'handoff' | 'ignore';
  reason: string;
  reasonText?: ((code: string) => string) | undefined;
};

const decisions = {
  answer: 'Ответ ещё готовится.',
  hold: 'Автоматически на него не отвечаем, оно ждёт владельца.',
  handoff: 'Чат передан человеку.',
  ignore: 'Отвечать не на что.',
} as const;

/** Why a message has no reply. */
export function explainMessage({ text, decision, reason, reasonText }: MessageFacts): string[] {
  return [
    text === null ? 'Сообщение без текста.' : `Покупатель написал: ${quoted(text)}.`,
    'Ответа на это сообщение нет.',
    decisions[decision],
    ...(decision === 'answer' ? [] : [`Причина: ${answerReasonText(reason, reasonText)}.`]),
  ];
}
