import { AppError } from '@avito-autoreply/runtime';

// The container of Office files before 2007, and of those that a password protects.
const OLE_SIGNATURE = 'd0cf11e0a1b11ae1';

/** Throws `knowledge.password-protected` or `knowledge.is-old-office` for what is not packed as Office files are. */
export function refuseOldOrProtected(bytes: Uint8Array, { old, now }: { old: string; now: string }): void {
  if (Buffer.from(bytes.subarray(0, 8)).toString('hex') !== OLE_SIGNATURE) return;
  const isProtected = Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  throw isProtected
    ? new AppError('the file is protected by a password: save it without one', {
        code: 'knowledge.password-protected',
      })
    : new AppError(`this file is a ${old} of before 2007: save it as ${now}`, {
        code: 'knowledge.is-old-office',
      });
}
