import type { Erase } from '@avito-autoreply/database';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId, accountInBody, accountInQuery, chatId, time, timeOrNull } from './fields.ts';

const counts = z.record(z.string(), z.int());

const receipt = z
  .strictObject({
    erasure_id: z.string().nullable().meta({ description: 'Null for a dry run' }),
    account_id: accountId,
    subject: z.enum(['chat', 'author']),
    subject_hash: z
      .string()
      .meta({ description: 'Salted SHA-256 of the id, by which a mark refuses what comes late' }),
    erased_at: time.nullable(),
    erased: z.strictObject({
      tables: counts.meta({ description: 'Rows by table' }),
      jobs: counts.meta({ description: 'Jobs by queue' }),
      jobs_at_work: z.int().meta({ description: 'Jobs that had not ended yet: they leave nothing' }),
      interrupted_sends: z
        .int()
        .meta({ description: 'Texts of which nobody knows whether they arrived; never sent again' }),
    }),
  })
  .meta({ id: 'Erasure' });

export function erasureRoutes({ accounts, erase }: { accounts: Accounts; erase: Erase }): Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/v1/erasures',
    operationId: 'erase',
    tag: 'Privacy',
    summary: 'Erase a chat, or a buyer with all of his chats',
    description:
      'Deletes rows, jobs and what is derived of them, and answers with a receipt that names nobody. Waits up to 15 s each for a text that is just leaving and for jobs at work. Webhooks and polls of what was erased are refused from then on; what the buyer writes later is new. Safe to repeat.',
    query: z.strictObject(accountInQuery),
    body: z
      .strictObject({
        ...accountInBody,
        chat_id: chatId.optional(),
        author_id: z.int('must be the numeric id of a buyer').positive().optional(),
        dry_run: z.boolean('must be true or false').default(false),
      })
      .refine(
        (body) => (body.chat_id === undefined) !== (body.author_id === undefined),
        'either chat_id or author_id is needed',
      ),
    response: receipt,
    errors: {
      400: '`erasure.own-account`: the author is the account itself',
      503: '`queue.unavailable`: nothing was erased, unless the queue went away meanwhile; repeat it',
    },
    handle: async ({ query, body }) => {
      const { userId } = accounts.select(query.account_id, body.account_id);
      const subject =
        body.author_id === undefined
          ? { accountId: userId, chatId: body.chat_id ?? '' }
          : { accountId: userId, authorId: body.author_id };
      const { erased, ...done } = await erase({ ...subject, isDryRun: body.dry_run });
      return {
        erasure_id: done.erasureId,
        account_id: userId,
        subject: done.subject,
        subject_hash: done.subjectHash,
        erased_at: timeOrNull(done.erasedAt),
        erased: {
          tables: erased.tables,
          jobs: erased.jobs,
          jobs_at_work: erased.jobsAtWork,
          interrupted_sends: erased.interruptedSends,
        },
      };
    },
  });
  return [create];
}
