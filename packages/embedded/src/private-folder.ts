import { chmodSync, mkdirSync } from 'node:fs';

/**
 * Makes the folder, for its owner alone. One that is there loses what it lets others do: PGlite's files are open to
 * everybody (0666, whatever the umask), so a copy that was unpacked with other rights could be read and written by all.
 */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    chmodSync(folder, 0o700);
  } catch {
    // Another owner's, or a file system without rights: whoever set it up so decides.
  }
}
