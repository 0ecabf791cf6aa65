import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { withLogContext } from './log-context.ts';
import { createLogger } from './logger.ts';

function setUp(options: { level?: 'info' | 'debug'; secrets?: string[] } = {}) {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ service: 'test', destination, ...options });
  return {
    logger,
    text: () => lines.join(''),
    line: () => JSON.parse(lines.join('')) as Record<string, unknown>,
  };
}

describe('a log line', () => {
  test('is one JSON object with time, level, service, message and fields', () => {
    const { logger, line } = setUp();
    logger.info('started', { port: 3000 });
    expect(line()).toMatchObject({ level: 'info', service: 'test', message: 'started', port: 3000 });
    expect(Date.parse(String(line()['time']))).not.toBeNaN();
  });

  test('carries the context of the async call that logs', async () => {
    const { logger, line } = setUp();
    await withLogContext({ accountId: 7, jobId: 'j1' }, async () =>
      withLogContext({ chatId: 'u2i-1' }, async () => {
        await Promise.resolve();
        logger.info('inside');
      }),
    );
    expect(line()).toMatchObject({ accountId: 7, jobId: 'j1', chatId: 'u2i-1' });
  });

  test('below the level is not written', () => {
    const { logger, text } = setUp({ level: 'info' });
    logger.debug('quiet');
    expect(text()).toBe('');
  });

  test('steers no terminal on which it is read', () => {
    const { logger, line, text } = setUp();
    const path = '/\u001b[2J\u009b2J\u007f';
    logger.info('request refused', { path });
    expect(text()).not.toMatch(/[^\P{Cc}\n]/u);
    expect(line()['path']).toBe(path);
  });

  test('shows an error with its code and its causes', () => {
    const { logger, line } = setUp();
    logger.error('failed', {
      error: new AppError('no queue', { code: 'queue.unavailable', cause: new Error('ECONNREFUSED') }),
    });
    expect(line()['error']).toMatchObject({
      code: 'queue.unavailable',
      message: 'no queue',
      cause: { message: 'ECONNREFUSED' },
    });
  });
});

describe('redaction', () => {
  test('replaces sensitive keys at any depth', () => {
    const { logger, text } = setUp();
    logger.info('call', { request: { headers: { Authorization: 'Bearer abc' } }, clientSecret: 's3' });
    expect(text()).not.toMatch(/Bearer abc|s3/);
  });

  test('replaces secret values wherever they turn up, error messages included', () => {
    const { logger, text } = setUp({ secrets: ['top-secret-value'] });
    logger.error('got top-secret-value', { error: new Error('GET /x?key=top-secret-value: 500') });
    expect(text()).not.toContain('top-secret-value');
  });

  test('replaces the password of any address', () => {
    const { logger, text } = setUp();
    logger.info('connecting', { url: 'postgres://seller:hunter2hunter2@db:5432/x' });
    expect(text()).toContain('postgres://seller:[redacted]@db:5432/x');
  });

  test('leaves ids and figures alone', () => {
    const { logger, line } = setUp({ secrets: ['1'] });
    logger.info('sent', { tokens: 12, messageId: 'm1', at: new Date(0) });
    expect(line()).toMatchObject({ tokens: 12, messageId: 'm1', at: '1970-01-01T00:00:00.000Z' });
  });
});
