import { describe, expect, test } from 'vitest';
import { type Frame, frame } from './frames.ts';
import { prefixStatementName, preparedName } from './statement-names.ts';

const prefixed = (type: string, ...parts: (string | Buffer)[]): Buffer =>
  prefixStatementName({ message: { type, bytes: frame(type, ...parts) }, prefix: '7:' });

describe('names of prepared statements in a shared session', () => {
  const rest = Buffer.of(0, 1, 0, 0);

  test('Parse, Bind, Describe and Close name the statement with the prefix of the client', () => {
    expect(prefixed('P', 'find', 'select 1', rest)).toEqual(frame('P', '7:find', 'select 1', rest));
    expect(prefixed('B', 'portal', 'find', rest)).toEqual(frame('B', 'portal', '7:find', rest));
    expect(prefixed('D', Buffer.from('S'), 'find')).toEqual(frame('D', Buffer.from('S'), '7:find'));
    expect(prefixed('C', Buffer.from('S'), 'find')).toEqual(frame('C', Buffer.from('S'), '7:find'));
  });

  test('portals, the unnamed statement and other messages stay as they are', () => {
    const kept: [string, ...(string | Buffer)[]][] = [
      ['D', Buffer.from('P'), 'portal'],
      ['P', '', 'select 1', rest],
      ['B', '', '', rest],
      ['E', 'portal', Buffer.alloc(4)],
      ['Q', 'select 1'],
    ];
    for (const [type, ...parts] of kept) expect(prefixed(type, ...parts)).toEqual(frame(type, ...parts));
  });

  test('only a named Parse prepares a name', () => {
    const parse = (name: string): Frame => ({ type: 'P', bytes: frame('P', name, 'select 1', rest) });
    expect(preparedName(parse('find'))).toBe('find');
    expect(preparedName(parse(''))).toBeUndefined();
    expect(preparedName({ type: 'Q', bytes: frame('Q', 'find') })).toBeUndefined();
  });
});
