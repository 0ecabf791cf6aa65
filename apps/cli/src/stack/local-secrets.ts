import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  adminApiKey: z.string().min(16),
  webhookToken: z.string().min(16),
});
export type LocalSecrets = z.output<typeof secretsSchema>;

export const newSecrets = (): LocalSecrets => ({
  adminApiKey: randomBytes(24).toString('base64url'),
  webhookToken: randomBytes(24).toString('base64url'),
});

export const secretsFile = (dataDir: string): string => join(dataDir, 'secrets.json');

/** Keys of an installation that configured none, made once and kept, so that a restart asks nobody to sign in again. */
export async function localSecrets({ dataDir }: { dataDir: string }): Promise<LocalSecrets> {
  const path = secretsFile(dataDir);
  try {
    return secretsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Not there yet, or damaged: nothing else depends on the old ones.
    const secrets = newSecrets();
    await mkdir(dataDir, { recursive: true });
    await writeFile(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    return secrets;
  }
}
