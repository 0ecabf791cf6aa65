import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import manifest from '../package.json' with { type: 'json' };
import { compileCacheFolder } from './compile-cache.ts';

enableCompileCache(compileCacheFolder);
// What is imported statically is compiled before the line above runs.
const { runProgram } = await import('./program.ts');

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
