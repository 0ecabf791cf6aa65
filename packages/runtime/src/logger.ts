import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import winston from 'winston';
import { errorInfo } from './errors.ts';
import { currentLogContext } from './log-context.ts';
import { printableJson } from './printable-json.ts';
import { createRedactor } from './redaction.ts';

export type LogFields = Record<string, unknown>;
type Log = (message: string, fields?: LogFields) => void;

/** Fields may hold an `error`; it is written with its code and causes. */
export type Logger = {
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
  /** A logger that puts these fields on each of its lines. */
  child: (fields: LogFields) => Logger;
};

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
type LogLevel = (typeof logLevels)[number];
export const logFormats = ['json', 'pretty'] as const;
type LogFormat = (typeof logFormats)[number];

type LoggerOptions = {
  service: string;
  level?: LogLevel;
  format?: LogFormat;
  /** Values that must never appear in a line, wherever they turn up. */
  secrets?: readonly string[];
  /** Default: standard error, so that standard output stays free for the results of commands. */
  destination?: Writable;
};

const colors = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const;

function prettyLine({ time, level, service, message, ...rest }: Record<string, unknown>): string {
  const color = colors[logLevels.find((known) => known === level) ?? 'info'];
  const fields = Object.keys(rest).length === 0 ? '' : ` ${styleText('gray', printableJson(rest))}`;
  return `${String(time).slice(11, 23)} ${styleText(color, String(level).padEnd(5))} ${String(service)}: ${String(message)}${fields}`;
}

/** A winston logger behind a small port: one JSON object per line, redacted, with the log context of the caller. */
export function createLogger({
  service,
  level = 'info',
  format = 'json',
  secrets = [],
  destination = process.stderr,
}: LoggerOptions): Logger {
  const redact = createRedactor({ secrets });
  const root = winston.createLogger({
    level,
    format: winston.format.printf((info) => {
      const line = info['line'] as Record<string, unknown>;
      return format === 'json' ? printableJson(line) : prettyLine(line);
    }),
    transports: [new winston.transports.Stream({ stream: destination })],
  });

  const build = (bound: LogFields): Logger => {
    const write =
      (lineLevel: LogLevel): Log =>
      (message, fields = {}) => {
        if (!root.isLevelEnabled(lineLevel)) return;
        const { error, ...rest } = fields;
        const line = redact({
          time: new Date().toISOString(),
          level: lineLevel,
          service,
          message,
          ...currentLogContext(),
          ...bound,
          ...rest,
          ...(error === undefined ? {} : { error: errorInfo(error) }),
        });
        root.log({ level: lineLevel, message: '', line });
      };
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => build({ ...bound, ...fields }),
    };
  };
  return build({});
}

const nothing: Log = () => {};
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
};
