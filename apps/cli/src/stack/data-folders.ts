import { resolve } from 'node:path';

/** Where embedded services keep their data, below the folder in which the command runs. */
export const START_DATA_DIR = resolve('.data/start');
export const DEMO_DATA_DIR = resolve('.data/demo');
