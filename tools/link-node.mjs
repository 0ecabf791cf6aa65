// npm 10, which comes with Node 20, does not link the pinned Node of an optional dependency into node_modules/.bin on
// `npm ci`; npm 11 does. Runs after the installation, on whatever Node there is, and changes nothing where the link stands.
import { existsSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modules = new URL('../node_modules/', import.meta.url);
const link = fileURLToPath(new URL('.bin/node', modules));
const target = `../node-${process.platform}-${process.arch}/bin/node`;

if (!existsSync(link) && existsSync(fileURLToPath(new URL(target.slice(3), modules))))
  symlinkSync(target, link);
