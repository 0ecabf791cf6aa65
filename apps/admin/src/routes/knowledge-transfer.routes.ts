import type { KnowledgeRepositories } from '@avito-autoreply/database';
import { exportedFiles, importKnowledge, zipped, zippedFiles } from '@avito-autoreply/rag';
import { z } from 'zod';
import { fileResponse } from '../api/downloads.ts';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import { accountId, accountInQuery } from './fields.ts';

const tag = 'Knowledge';
const ZIP = 'application/zip';
const MAX_IMPORT_BYTES = 40 * 1_024 * 1_024;

const isTrue = z.stringbool('must be true or false');

type TransferRoutesDeps = { accounts: Accounts; knowledge: KnowledgeRepositories };

export function knowledgeTransferRoutes({ accounts, knowledge: store }: TransferRoutesDeps): Route[] {
  const exportBase = defineRoute({
    method: 'get',
    path: '/api/v1/knowledge/export',
    operationId: 'exportKnowledge',
    tag,
    summary: 'The whole base as a ZIP file',
    description:
      'Unpacked it is what `autoreply kb export` writes: documents with their passages, vectors, addresses with their rhythm, ' +
      'and what tuning found, the same bytes for the same base. A transfer that is cut off cannot be opened.',
    query: z.strictObject({
      vectors: isTrue.default(true).meta({
        description: '`false`: texts alone, which are far smaller; whoever imports them fills a space anew',
      }),
      ...accountInQuery,
    }),
    download: { type: ZIP, fileName: 'knowledge.zip' },
    response: fileResponse,
    handle: async ({ query, signal }) => {
      const { knowledgeAccountId } = accounts.select(query.account_id);
      return zipped(
        exportedFiles({ store }, { accountId: knowledgeAccountId, isWithVectors: query.vectors, signal }),
      );
    },
  });

  const importBase = defineRoute({
    method: 'post',
    path: '/api/v1/knowledge/import',
    operationId: 'importKnowledge',
    tag,
    summary: 'Read an export into the base',
    description:
      'A ZIP file of the export, at most 40 MB; larger ones without vectors, or by `autoreply kb import`. All of it is checked before ' +
      'anything is written; then documents of the same name are replaced one by one, and goes on also when the client leaves. Safe to repeat.',
    query: z.strictObject({
      replace: isTrue
        .default(false)
        .meta({ description: '`true`: what the export does not hold is removed, as with an empty base' }),
      ...accountInQuery,
    }),
    upload: { maxBytes: MAX_IMPORT_BYTES, types: [ZIP, 'application/octet-stream'] },
    response: z.strictObject({
      account_id: accountId,
      documents: z.int(),
      passages: z.int(),
      vectors: z.int(),
      removed: z.int(),
      missing: z.int().meta({
        description:
          'Passages without a vector in the space that serves, which are found by their words alone: `POST /api/v1/knowledge/spaces/rebuild`',
      }),
    }),
    errors: {
      409: '`knowledge.lent`: the account answers from the knowledge base of another one; or `database.other-dimensions`',
      422: '`knowledge.bad-export`: which file of it, and why; `knowledge.broken-file`; or `knowledge.bomb`',
    },
    handle: async ({ query, file }) => {
      const userId = ownBaseOf(accounts.select(query.account_id));
      const files = zippedFiles(await file());
      const { documents, chunks, vectors, removed, missing } = await importKnowledge(
        { store },
        { accountId: userId, files, isWhole: query.replace },
      );
      return { account_id: userId, documents, passages: chunks, vectors, removed, missing };
    },
  });

  return [exportBase, importBase];
}
