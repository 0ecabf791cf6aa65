import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';

// What is set in the environment wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');

try {
  await createProgram({
    environment: process.env,
    onExitCode: (code) => (process.exitCode = code),
  }).parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed what was wrong; asking for help is no mistake.
  process.exitCode = error.exitCode === 0 || error.code === 'commander.help' ? 0 : 2;
}
