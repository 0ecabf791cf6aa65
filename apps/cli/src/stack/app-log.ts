/** Whether a line of an app, in either log format, is a warning or an error, or no log line at all (a crash). */
export function isWarning(line: string): boolean {
  if (line.startsWith('{')) return /"level":"(warn|error)"/.test(line);
  return !/^\S+ (info|debug) /.test(line);
}
