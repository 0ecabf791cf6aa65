import { AppError } from '@avito-autoreply/runtime';

type HostPort = { host: string; port: number };
type Login = { username?: string; password?: string };
export type RedisAddress =
  | { kind: 'single'; url: string }
  /** Any of the nodes tells the others. */
  | { kind: 'cluster'; nodes: HostPort[]; login: Login; isTls: boolean }
  /** The sentinels tell which server is the master just now. */
  | { kind: 'sentinel'; sentinels: HostPort[]; master: string; db: number; login: Login; isTls: boolean };

const FORMS =
  'redis://[[user]:password@]host:port[/db], redis-cluster://[[user]:password@]host:port,host:port,… or ' +
  'redis-sentinel://[[user]:password@]host:port,host:port,…/master[/db]; with TLS rediss, rediss-cluster, rediss-sentinel';
const SENTINEL_PORT = 26_379;
const REDIS_PORT = 6_379;

// Names the part that is wrong and never the address: it may hold a password.
const badUrl = (what: string): AppError =>
  new AppError(`${what}. The Redis URL must look like ${FORMS}.`, { code: 'queue.bad-url' });

function hostsOf(text: string, defaultPort: number): HostPort[] {
  return text.split(',').map((entry, index) => {
    const [, host, port] = /^(\[[\da-f:]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(entry.trim()) ?? [];
    const number = port === undefined ? defaultPort : Number(port);
    if (host === undefined || number < 1 || number > 65_535) {
      throw badUrl(`address ${index + 1} of the Redis URL is not host:port`);
    }
    return { host: host.replace(/^\[|\]$/g, ''), port: number };
  });
}

function loginOf(text: string | undefined): Login {
  if (text === undefined) return {};
  const [username = '', ...password] = text.split(':');
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password.length === 0 ? {} : { password: decodeURIComponent(password.join(':')) }),
    };
  } catch {
    throw badUrl('user or password of the Redis URL is not percent-encoded');
  }
}

/** Reads the address of one Redis, a cluster, or one behind sentinels. Throws AppError `queue.bad-url`. */
export function parseRedisAddress(url: string): RedisAddress {
  const [, tls, form, rest = ''] = /^redis(s?)(-cluster|-sentinel)?:\/\/(.+)$/.exec(url) ?? [];
  if (tls === undefined) throw badUrl('the Redis URL does not begin with redis:// or one of its kin');
  if (form === undefined) return { kind: 'single', url };
  const isTls = tls === 's';
  const at = rest.lastIndexOf('@');
  const login = loginOf(at < 0 ? undefined : rest.slice(0, at));
  const [hosts = '', ...path] = rest.slice(at + 1).split('/');
  if (form === '-cluster') {
    if (path.some((part) => part !== '')) {
      throw badUrl('a Redis cluster has one database, so its URL has nothing behind the addresses');
    }
    return { kind: 'cluster', nodes: hostsOf(hosts, REDIS_PORT), login, isTls };
  }
  const [master = '', db = '0'] = path;
  if (master === '') throw badUrl('the URL of Redis behind sentinels names no master, e.g. …/mymaster');
  if (!/^\d+$/.test(db)) throw badUrl('the database behind the name of the master is not a number');
  return {
    kind: 'sentinel',
    sentinels: hostsOf(hosts, SENTINEL_PORT),
    master: decodeURIComponent(master),
    db: Number(db),
    login,
    isTls,
  };
}

/** All keys of a cluster that one command touches must live on one node: the braces see to it. */
export const keyPrefix = ({ kind }: RedisAddress, prefix: string): string =>
  kind === 'cluster' ? `{${prefix}}` : prefix;
