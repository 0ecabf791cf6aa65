import { describe, expect, test } from 'vitest';
import { answerPassword, answerStartup } from './client-startup.ts';
import { frame, startupFrame } from './frames.ts';

describe('how a client gets in', () => {
  const request = (code: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(8, 0);
    bytes.writeInt32BE(code, 4);
    return answerStartup({ type: '', bytes });
  };
  const opening = (parameters: Record<string, string>) =>
    answerStartup({ type: '', bytes: startupFrame(parameters) });

  test('encryption is declined and the client may go on without it', () => {
    expect(request(80_877_103)).toEqual({ reply: Buffer.from('N'), next: 'startup' });
    expect(request(80_877_104)).toEqual({ reply: Buffer.from('N'), next: 'startup' });
  });

  test('a request to cancel is hung up on, as Postgres does', () => {
    expect(request(80_877_102).next).toBe('hang-up');
  });

  test('another protocol and another database are refused with their names', () => {
    expect(request(131_072).reply.toString()).toContain('0A000');
    const refused = opening({ user: 'me', database: 'other' });
    expect(refused.next).toBe('hang-up');
    expect(refused.reply.toString()).toContain('not other');
  });

  test('everybody else is asked for the password', () => {
    expect(opening({ user: 'me', database: 'postgres' })).toEqual({
      reply: frame('R', Buffer.of(0, 0, 0, 3)),
      next: 'password',
    });
  });

  test('the right password is welcomed; a wrong one or none is not', () => {
    const welcome = Buffer.from('welcome');
    const say = (type: string, text: string) =>
      answerPassword({ message: { type, bytes: frame(type, text) }, password: 'secret', welcome });
    expect(say('p', 'secret')).toEqual({ reply: welcome, next: 'ready' });
    expect(say('p', 'guess').next).toBe('hang-up');
    expect(say('Q', 'secret').next).toBe('hang-up');
  });
});
