import { stat } from 'node:fs/promises';
import { type Finding, warning } from './finding.ts';

const READABLE_BY_OTHERS = 0o004;

/** Nothing where all is well. One that is missing is not this check's business. */
export async function checkSecretFiles(paths: readonly (string | undefined)[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const path of paths) {
    const stats = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (stats === undefined || !stats.isFile() || (stats.mode & READABLE_BY_OTHERS) === 0) continue;
    findings.push(
      warning(
        'Files',
        `${path} holds secrets, and every user of this machine can read it`,
        `chmod o-r ${path}; for a file that Docker hands in, chown it to the container's user (10001) first`,
      ),
    );
  }
  return findings;
}
