import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { Accounts } from '../avito/accounts.ts';
import { accountId } from './fields.ts';

const account = z
  .strictObject({
    account_id: accountId,
    name: z.string().nullable().meta({ description: 'As the accounts file has it' }),
    knowledge_account_id: accountId.meta({
      description: 'The account whose knowledge base it answers from; mostly itself',
    }),
  })
  .meta({ id: 'Account' });

export function accountRoutes({ accounts }: { accounts: Accounts }): Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/v1/accounts',
    operationId: 'listAccounts',
    tag: 'Accounts',
    summary: 'The accounts that are configured: what `account_id` may be',
    response: z.strictObject({ accounts: z.array(account) }),
    handle: async () => ({
      accounts: accounts.all.map(({ userId, name, knowledgeAccountId }) => ({
        account_id: userId,
        name: name ?? null,
        knowledge_account_id: knowledgeAccountId,
      })),
    }),
  });
  return [list];
}
