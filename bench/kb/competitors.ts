import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { errorMessage } from '@avito-autoreply/runtime';
import type { Report } from '../suite.ts';

const INSTALL_TIMEOUT_MS = 300_000;
const folder = fileURLToPath(new URL('../competitors', import.meta.url));

type OpenStore = (options: {
  url: string;
  table: string;
  dimensions: number;
  isIndexed?: boolean;
  embed: (texts: readonly string[]) => number[][];
}) => Promise<{
  add: (texts: readonly string[]) => Promise<void>;
  buildIndex: () => Promise<void>;
  close: () => Promise<void>;
}>;

export type Competitors = { openLangChain: OpenStore; openLlamaIndex: OpenStore };

/** The other libraries, installed into a folder of their own at first use; undefined, with a note, where that fails. */
export async function loadCompetitors(report: Report): Promise<Competitors | undefined> {
  try {
    if (!existsSync(`${folder}/node_modules`)) {
      report.note('installing LangChain.js and LlamaIndex.TS into bench/competitors');
      const options = { cwd: folder, timeout: INSTALL_TIMEOUT_MS };
      await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
    }
    // The folder is no workspace and has no types, so the compiler must not follow the path.
    const file = new URL('../competitors/stores.mjs', import.meta.url).href;
    return (await import(file)) as Competitors;
  } catch (error) {
    const [problem = ''] = errorMessage(error).trim().split('\n').slice(-1);
    report.note(`LangChain.js and LlamaIndex.TS could not be installed, so ours stands alone: ${problem}`);
    return undefined;
  }
}
