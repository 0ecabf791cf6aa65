import type { Environment } from '@avito-autoreply/config';
import type { ExitCode } from '../exit-code.ts';
import { runProgram } from '../program.ts';
import { captureOutput } from './capture-output.ts';

type CliResult = { exitCode: ExitCode; stdout: string; stderr: string };

/** The command line as a user types it, in this process. */
export async function runCli(argv: readonly string[], environment: Environment = {}): Promise<CliResult> {
  const { output, stdout, stderr } = captureOutput();
  const exitCode = await runProgram({ argv, environment, version: '1.2.3', output });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}
