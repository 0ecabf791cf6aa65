import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { createProgram } from './program.ts';

// What is set in the environment wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');

// A reader that leaves early, as `head` does, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  await createProgram({
    environment: process.env,
    version: manifest.version,
    onExitCode: (code) => (process.exitCode = code),
  }).parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has printed what was wrong, or the help or version that was asked for.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
