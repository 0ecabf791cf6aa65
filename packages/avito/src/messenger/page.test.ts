import { expect, test } from 'vitest';
import { collect } from '../testing/collect.ts';
import { eachEntry } from './page.ts';

/** A list of `length` entries behind Avito's paging; `hasMore` as Avito may or may not tell it. */
function listOf(length: number, hasMore: (end: number) => boolean | null = (end) => end < length) {
  const offsets: number[] = [];
  const getPage = async ({ limit, offset }: { limit: number; offset: number }) => {
    offsets.push(offset);
    const end = Math.min(offset + limit, length);
    const entries = Array.from({ length: Math.max(end - offset, 0) }, (_, index) => ({
      id: `e${offset + index}`,
    }));
    return { entries, received: entries.length, hasMore: hasMore(end) };
  };
  return { getPage, offsets };
}

test('pages are read until Avito says that there is no more', async () => {
  const { getPage, offsets } = listOf(250);
  expect(await collect(eachEntry(getPage))).toHaveLength(250);
  expect(offsets).toEqual([0, 100, 200]);
});

test('where Avito does not say, a page that is not full is the last one', async () => {
  const { getPage, offsets } = listOf(250, () => null);
  expect(await collect(eachEntry(getPage))).toHaveLength(250);
  expect(offsets).toEqual([0, 100, 200]);
});

test('nothing beyond the offset cap is asked for', async () => {
  const { getPage, offsets } = listOf(5_000);
  expect(await collect(eachEntry(getPage))).toHaveLength(1_100);
  expect(offsets.at(-1)).toBe(1_000);
});

test('a promise of more behind an empty page is not believed', async () => {
  const { getPage, offsets } = listOf(0, () => true);
  expect(await collect(eachEntry(getPage))).toEqual([]);
  expect(offsets).toEqual([0]);
});

test('an entry pushed onto the next page is met once', async () => {
  const pages = [['c', 'b'], ['b', 'a'], []];
  const getPage = async () => {
    const entries = (pages.shift() ?? []).map((id) => ({ id }));
    return { entries, received: entries.length, hasMore: true };
  };
  const ids = (await collect(eachEntry(getPage))).map(({ id }) => id);
  expect(ids).toEqual(['c', 'b', 'a']);
});

test('a gap is told where it stands, and not to who stops before it', async () => {
  const met: string[] = [];
  const getPage = async () => ({
    entries: [{ id: 'c' }, { id: 'b' }],
    received: 3,
    hasMore: false,
    gapAfter: 1,
  });
  for await (const { id } of eachEntry(getPage, () => met.push('gap'))) met.push(id);
  expect(met.splice(0)).toEqual(['c', 'gap', 'b']);
  const atTheEnd = async () => ({ ...(await getPage()), gapAfter: 2 });
  for await (const { id } of eachEntry(atTheEnd, () => met.push('gap'))) met.push(id);
  expect(met.splice(0)).toEqual(['c', 'b', 'gap']);
  for await (const { id } of eachEntry(getPage, () => met.push('gap'))) {
    met.push(id);
    break;
  }
  expect(met).toEqual(['c']);
});

test('pages are fetched only as far as somebody reads', async () => {
  const { getPage, offsets } = listOf(500);
  for await (const { id } of eachEntry(getPage)) if (id === 'e120') break;
  expect(offsets).toEqual([0, 100]);
});
