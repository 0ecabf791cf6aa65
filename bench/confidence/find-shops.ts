import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type EvalQuestion, readQuestionSet } from '@avito-autoreply/rag';

export type Shop = { name: string; folder: string; questions: EvalQuestion[] };

const QUESTIONS = /^questions.*\.jsonl$/;

/** Nothing is chosen by these questions, so that their figures say how a shop does that nobody has seen. */
const KEPT_BACK: readonly string[] = ['untouched', 'kept'];

/**
 * Shops among these folders: a folder with questions beside its sources, or a folder of such. Without splits all
 * questions but those kept back.
 */
export async function findShops(
  folders: readonly string[],
  { splits }: { splits: readonly string[] },
): Promise<Shop[]> {
  const isMeant = ({ split }: EvalQuestion) =>
    splits.length === 0 ? !KEPT_BACK.includes(split) : splits.includes(split);
  const shops: Shop[] = [];
  for (const folder of folders) {
    const own = await shopIn(folder);
    const below = own === undefined ? await subfolders(folder) : [];
    const found = own === undefined ? await Promise.all(below.map(shopIn)) : [own];
    shops.push(...found.filter((shop) => shop !== undefined));
  }
  return shops
    .map((shop) => ({
      ...shop,
      questions: shop.questions.filter(isMeant),
    }))
    .filter(({ questions }) => questions.length > 0);
}

async function shopIn(folder: string): Promise<Shop | undefined> {
  const files = (await readdir(folder)).filter((name) => QUESTIONS.test(name)).toSorted();
  if (files.length === 0) return undefined;
  const sets = await Promise.all(files.map((name) => readQuestionSet(join(folder, name))));
  return { name: basename(resolve(folder)), folder, questions: sets.flat() };
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .toSorted();
}
