import { expect, test } from 'vitest';
import { endpointNames } from '../http/endpoint-names.ts';
import { runSimulator } from '../testing/running-simulator.ts';

async function loaded() {
  const { url } = await runSimulator();
  const get = async (path: string) => {
    const response = await fetch(url + path);
    return { response, body: await response.text() };
  };
  return { page: await get('/'), get };
}

test('the page and everything that it refers to come from the simulator, under a policy that allows nothing else', async () => {
  const { page, get } = await loaded();
  expect(page.response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.response.headers.get('content-security-policy')).toContain("default-src 'self'");
  const references = [...page.body.matchAll(/(?:href|src)="(?!data:)([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  expect(references).toEqual(['/_page/page.css', '/_page/page.js']);
  for (const path of references) {
    const { response, body } = await get(path);
    expect(response.status).toBe(200);
    expect(body).not.toMatch(/https?:\/\//);
  }
});

test('every element that the script looks up is in the page', async () => {
  const { page, get } = await loaded();
  const { body: script } = await get('/_page/page.js');
  const wanted = [...script.matchAll(/\$\('([^']+)'\)/g)].map(([, id]) => id);
  const there = new Set([...page.body.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
  expect(wanted.filter((id) => !there.has(id ?? ''))).toEqual([]);
});

test('the faults on offer are ones that the simulator knows', async () => {
  const { get } = await loaded();
  const { body: script } = await get('/_page/page.js');
  const endpoints = [...script.matchAll(/endpoint: '([^']+)'/g)].map(([, name]) => name);
  expect(endpoints.length).toBeGreaterThan(0);
  expect(endpoints.filter((name) => !endpointNames.some((known) => known === name))).toEqual([]);
});
