import { expect, test } from 'vitest';
import { runCli } from './testing/run-cli.ts';

test.each([
  [['bogus'], /unknown command 'bogus'/],
  [[], /Usage: autoreply/],
  [['kb'], /Usage: autoreply kb/],
  [['kb', 'sync'], /cli\.nothing-to-sync: say what to sync/],
  [['kb', 'export'], /missing required argument 'folder'/],
  [['kb', 'list', 'extra'], /too many arguments/],
  [['kb', 'list', '--bogus'], /unknown option '--bogus'/],
  [['kb', 'search', 'x', '--limit', '0'], /whole number above 0/],
  [['kb', 'list', '--account', 'me', '--json'], /whole number above 0/],
  [['eval'], /--beir <folder>/],
  [['eval', '--questions', 'a', '--beir', 'b'], /not both/],
  [['eval', '--beir', 'a', '--knowledge', 'b', '--tune'], /eval\.what: --knowledge, --tune: only with/],
  [['eval', '--questions', 'a', '--save'], /--save stores what --tune finds/],
  [['eval', '--questions', 'a', '--tune', '--html', 'b'], /--html: not with --tune/],
  [['replay', '--since', '2026-02-31'], /a date such as 2026-11-01/],
  [['replay', '--since', '23.11.2026'], /a date such as 2026-11-01/],
  [['replay', '--model', 'm', '--without-model'], /cannot be used with option/],
  [['webhook', 'register'], /missing required argument 'url'/],
])('the wrong call %j is exit code 2, told on standard error', async (argv, message) => {
  const { exitCode, stdout, stderr } = await runCli(argv);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
});

test.each([
  [['--help'], /Usage: autoreply \[options\] \[command\][\s\S]*\.env\.example/],
  [['help', 'kb'], /sync \[options\] \[sources\.\.\.\]/],
  [['webhook', 'register', '--help'], /--replace/],
  [['--version'], /^1\.2\.3\n$/],
])('%j answers on standard output with exit code 0', async (argv, text) => {
  const { exitCode, stdout, stderr } = await runCli(argv);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(text);
  expect(stderr).toBe('');
});

test('a missing account is a wrong call, and the message names the variables', async () => {
  const { exitCode, stderr } = await runCli(['webhook', 'status']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/config\.no-account: .*AVITO_CLIENT_ID.*AVITO_ACCOUNTS_FILE/);
});

test('with --json an error is one object on standard output', async () => {
  const { exitCode, stdout } = await runCli(['kb', 'list', '--json'], { DATABASE_URL: 'bogus' });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    error: { code: 'config.invalid', message: expect.stringContaining('DATABASE_URL: must be an address') },
  });
});
