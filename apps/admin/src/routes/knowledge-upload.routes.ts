import type { KnowledgeRepositories } from '@avito-autoreply/database';
import { type EmbedderOf, ownerText, type Source, sourceOf, syncKnowledge } from '@avito-autoreply/rag';
import { errorCode, errorMessage } from '@avito-autoreply/runtime';
import { HttpError } from '@avito-autoreply/runtime/http';
import { z } from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { type Accounts, ownBaseOf } from '../avito/accounts.ts';
import { accountId, accountInBody, accountInQuery, itemId, requiredText } from './fields.ts';
import { tellProblem, toldProblem } from './told-problem.ts';

const tag = 'Knowledge';

/** Keys of uploaded files begin with it, as those of a folder with its name. */
const UPLOADS = 'uploads/';

const unreadable = ({ code, message }: { code: string; message: string }) =>
  new HttpError(`${message}. ${ownerText(code)}`, { status: 422, code });

type Upload = {
  file_name: string;
  text?: string | undefined;
  content_base64?: string | undefined;
  item_id?: number | undefined;
};

function bytesOf({
  text,
  content_base64: packed,
}: {
  text?: string | undefined;
  content_base64?: string | undefined;
}) {
  if ((text === undefined) === (packed === undefined)) {
    throw new HttpError('Give either text or content_base64.', { status: 400, code: 'request.invalid' });
  }
  return new Uint8Array(text === undefined ? Buffer.from(packed ?? '', 'base64') : Buffer.from(text));
}

function readableSource({ id, body }: { id: string; body: Upload }): Source {
  const bytes = bytesOf(body);
  try {
    return sourceOf({ key: id, fileName: body.file_name, bytes, itemId: body.item_id });
  } catch (error) {
    throw unreadable({ code: errorCode(error), message: errorMessage(error) });
  }
}

function outcomeOf({
  added,
  updated,
}: {
  added: number;
  updated: number;
}): 'added' | 'updated' | 'unchanged' {
  if (added > 0) return 'added';
  return updated > 0 ? 'updated' : 'unchanged';
}

type UploadRoutesDeps = {
  accounts: Accounts;
  knowledge: KnowledgeRepositories;
  embedderOf: EmbedderOf;
};

export function knowledgeUploadRoutes({ accounts, knowledge, embedderOf }: UploadRoutesDeps): Route[] {
  const upload = defineRoute({
    method: 'post',
    path: '/api/v1/knowledge/documents',
    operationId: 'addDocument',
    tag,
    summary: 'Add a file to the knowledge base, or replace the one of the same name',
    description:
      'Markdown, text, HTML, PDF, DOCX, and questions with answers or other tables as XLSX, CSV or JSON, told by the ending of the name. ' +
      'Give `text`, or `content_base64` for files that are no text. A file that cannot be read leaves the old one in place.',
    maxBody: '42mb',
    query: z.strictObject(accountInQuery),
    body: z.strictObject({
      file_name: requiredText
        .max(200, 'must be at most 200 characters long')
        .refine((name) => !/[/\\]/.test(name), 'must be a name without folders')
        .refine((name) => !/[\p{Cc}\p{Cs}]/u.test(name), 'must hold no control characters')
        .meta({ examples: ['delivery.md'] }),
      text: z.string('must be a text').optional(),
      content_base64: z
        .string('must be a text')
        // Command-line tools break the lines.
        .transform((text) => text.replaceAll(/\s+/g, ''))
        .pipe(z.base64('must be Base64'))
        .optional(),
      item_id: itemId.optional(),
      ...accountInBody,
    }),
    response: z.strictObject({
      account_id: accountId,
      id: z.string(),
      outcome: z.enum(['added', 'updated', 'unchanged']),
      embedded: z.int().meta({ description: 'Passages that got vectors' }),
      warnings: z.array(toldProblem).meta({
        description:
          'What of the file was not read, as rows without an answer; or that the model made no vectors of it',
      }),
    }),
    errors: {
      409: '`knowledge.lent`: the account answers from the knowledge base of another one',
      422: '`knowledge.*`: the file cannot be read; the code says why',
    },
    handle: async ({ query, body, signal }) => {
      const userId = ownBaseOf(accounts.select(query.account_id, body.account_id));
      const id = `${UPLOADS}${body.file_name}`;
      const source = readableSource({ id, body });
      const embedder = await embedderOf({ accountId: userId });
      const { added, updated, embedded, failed, warnings } = await syncKnowledge(
        { store: knowledge, embedder },
        { accountId: userId, sources: [source], signal },
      );
      const failure = failed.find(({ sourceKey }) => sourceKey === id);
      if (failure !== undefined) throw unreadable(failure);
      return {
        account_id: userId,
        id,
        outcome: outcomeOf({ added, updated }),
        embedded,
        // What failed beside the file itself is the model: the text is stored, and lacks vectors.
        warnings: [...warnings, ...failed].map((each) => tellProblem(each)),
      };
    },
  });

  return [upload];
}
