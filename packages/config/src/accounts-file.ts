import { z } from 'zod';
import { settingsInFile } from './account-settings.ts';
import { problemsAcross } from './accounts-file-rules.ts';
import {
  avitoGrantField,
  signatureModeField,
  twoKeys,
  type WebhookConfig,
  webhookOf,
  webhookTokenField,
} from './avito.env.ts';
import { ConfigError } from './load-config.ts';
import { readJsonFile } from './read-json-file.ts';
import { gateProblem } from './webhook-gate.ts';

const required = (error: string) => z.string(error).min(1, error);
const id = (error: string) => z.int(error).positive(error);

const webhookInFile = z
  .strictObject({
    secret: twoKeys.optional(),
    // A segment of digits alone would be read as the account's id.
    token: webhookTokenField.regex(/\D/, 'must hold a letter or a sign beside its digits').optional(),
    signature_mode: signatureModeField.optional(),
  })
  .transform(({ signature_mode: signatureMode, ...parts }) => webhookOf({ ...parts, signatureMode }))
  .superRefine((webhook, context) => {
    const names = { token: 'token', secret: 'secret', mode: 'signature_mode' };
    const problem = gateProblem(webhook, names);
    if (problem !== undefined) context.addIssue(problem.message);
  });

const entry = z.strictObject({
  user_id: id("must be the account's numeric id"),
  name: z.string('must be a text').trim().min(1, 'must not be empty').max(100).optional(),
  client_id: required('must be a text, and not empty'),
  client_secret: required('must be a text, and not empty'),
  grant: avitoGrantField.optional(),
  webhook: webhookInFile.optional(),
  knowledge_of: id('must be the user_id of an account').optional(),
  settings: settingsInFile.optional(),
});

/** One account of `AVITO_ACCOUNTS_FILE`, as it was written. */
export type AccountEntry = z.output<typeof entry>;

type AccountsFile = {
  path: string;
  /** The webhook of accounts that have none of their own. */
  shared: WebhookConfig;
};

/** The accounts of the file. Throws one ConfigError with every problem and its place; secrets are never quoted. */
export async function readAccountsFile({ path, shared }: AccountsFile): Promise<AccountEntry[]> {
  const list = z
    .array(z.unknown())
    .min(1)
    .safeParse(await readJsonFile({ variable: 'AVITO_ACCOUNTS_FILE', path }));
  if (!list.success) {
    throw new ConfigError([
      `AVITO_ACCOUNTS_FILE: ${path}: must be a list with at least one account: [{ … }]`,
    ]);
  }
  // Each by itself, so that a mistake in one hides nothing of the others, nor of what they are to each other.
  const results = list.data.map((each) => entry.safeParse(each, { reportInput: false }));
  const problems = results.flatMap((result, index) =>
    (result.error?.issues ?? []).map(
      (issue) => `${[`[${index}]`, ...issue.path.map(String)].join('.')}: ${issue.message}`,
    ),
  );
  problems.push(...problemsAcross(list.data, shared));
  if (problems.length > 0) {
    throw new ConfigError(problems.map((line) => `AVITO_ACCOUNTS_FILE: ${path}: ${line}`));
  }
  return results.flatMap(({ data }) => (data === undefined ? [] : [data]));
}
