import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const DELIVERY = '# Доставка\n\n## Казань\n\nДоставка в Казань стоит 490 рублей.\n';

/** A folder named `shop` with these files, by their paths in it; gone after the test. */
export async function makeShopFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'kb-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'shop');
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}
