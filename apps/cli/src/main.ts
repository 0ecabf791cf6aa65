import { existsSync } from 'node:fs';
import manifest from '../package.json' with { type: 'json' };
import { runProgram } from './program.ts';

// What is set in the environment wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');

// A reader that leaves early, as `head` does, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runProgram({
  argv: process.argv.slice(2),
  environment: process.env,
  version: manifest.version,
  output: process,
});
