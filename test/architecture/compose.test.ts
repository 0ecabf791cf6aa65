import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** What docker compose decides by itself: it brings a Redis, and nobody outside asks a worker for its health. */
const decided = ['QUEUE_BACKEND', 'WORKER_PORT'];

test('docker compose hands on every variable that .env.example offers, or sets it itself', () => {
  const compose = read('docker-compose.yml');
  const offered = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  expect(offered.length).toBeGreaterThan(50);
  const ignored = offered.filter((name) => !new RegExp(`\\$\\{${name}\\b|^ +${name}:`, 'm').test(compose));
  expect(ignored).toEqual(decided);
});
