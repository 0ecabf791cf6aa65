import { ownerText } from '@avito-autoreply/rag';
import type { Terminal } from './terminal.ts';

const COLOURS = { warning: 'yellow', failed: 'red' } as const;

/** What is wrong with a source: the place and the code, and below what its owner can do. */
export function tellProblem(
  terminal: Terminal,
  {
    kind,
    sourceKey,
    code,
    message,
  }: { kind: keyof typeof COLOURS; sourceKey: string; code: string; message: string },
): void {
  terminal.line(`${terminal.style(COLOURS[kind], kind)} ${sourceKey}: ${message} (${code})`);
  terminal.line(`       ${ownerText(code)}`);
}
