import type { Pool } from '@avito-autoreply/database';
import type { Records } from '../judge/records.ts';
import { marksIn } from './facts.ts';

type Row = { at: Date; what: string };

const timeOf = (at: number | Date): string => new Date(at).toISOString().slice(11, 23);
/** Facts by their numbers; other words as they begin. */
const brief = (text: string): string => {
  const mark = marksIn(text)[0];
  return mark ? `fact ${mark.fact} from ${mark.position}` : text.slice(0, 40);
};

/** One chat as Avito saw it and as our rows tell it, in the order of time, for whoever looks into a problem. */
export async function tellChat({
  pool,
  chatId,
  records: { asked, said },
}: {
  pool: Pool;
  chatId: string;
  records: Records;
}): Promise<string[]> {
  const { rows } = await pool.query<Row>(
    `select received_at as at, 'row: message ' || left(message_id, 6) || ' ' || direction || ' ' || author_kind || ' '
              || decision || ' ' || decision_reason || ' reply ' || coalesce(left(reply_id::text, 6), '-') as what
       from messages where chat_id = $1
     union all
     select created_at, 'row: reply ' || left(id::text, 6) || ' of turn ' || turn || ' ' || mode || ' ' || action || ' '
              || coalesce(reason, '') || ' ' || status from replies where chat_id = $1
     union all
     select coalesce(intent_at, updated_at), 'row: send of ' || left(reply_id::text, 6) || ' part ' || part || ' ' || status
              || ' attempts ' || attempts || ' as ' || coalesce(left(avito_message_id, 6), '-') || ' ' || coalesce(error_code, '')
       from sends where chat_id = $1`,
    [chatId],
  );
  const lines = [
    ...rows.map(({ at, what }) => ({ at: at.getTime(), what })),
    ...asked
      .filter((message) => message.chatId === chatId)
      .map(({ at, messageId, text }) => ({ at, what: `buyer ${messageId.slice(0, 6)}: ${text}` })),
    ...said
      .filter((message) => message.chatId === chatId)
      .map(({ at, messageId, text, by }) => ({ at, what: `${by} ${messageId.slice(0, 6)}: ${brief(text)}` })),
  ];
  return lines.toSorted((left, right) => left.at - right.at).map(({ at, what }) => `${timeOf(at)} ${what}`);
}
