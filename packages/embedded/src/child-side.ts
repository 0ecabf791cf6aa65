import { AppError, errorMessage } from '@avito-autoreply/runtime';
import type { ChildReport, ParentOrder } from './child-messages.ts';

type Service = { port: number; stop: () => Promise<void> };

type ServeParentOptions<Options> = {
  /** `fail` ends the process because the service broke after its start. */
  start: (context: { options: Options; fail: (error: unknown) => void }) => Promise<Service>;
};

/**
 * The life of a child process: starts the service as the parent says, reports, and stops it when the parent says so or is gone.
 * The parent's end closes the IPC channel, however it ended; the process leaves when the service has stopped.
 */
export async function serveParent<Options>({ start }: ServeParentOptions<Options>): Promise<void> {
  const parentGone = Promise.withResolvers<void>();
  const told = Promise.withResolvers<Options>();
  const onEnd = (): void => parentGone.resolve();
  process.on('disconnect', onEnd);
  process.on('message', (order: ParentOrder<Options>) => {
    if (order.kind === 'start') told.resolve(order.options);
    else onEnd();
  });
  process.on('SIGTERM', onEnd);
  // Both write into pipes whose reader may be gone.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  if (!process.connected) parentGone.resolve();

  try {
    const options = await Promise.race([told.promise, parentGone.promise]);
    if (options === undefined) process.exit(0);
    const service = await start({ options, fail: (error) => leave({ error }) });
    await report({ kind: 'ready', port: service.port });
    await parentGone.promise;
    await service.stop();
    process.exit(0);
  } catch (error) {
    leave({ error });
  }
}

function leave({ error }: { error: unknown }): void {
  const code = error instanceof AppError ? error.code : 'embedded.failed';
  void report({ kind: 'failed', code, message: errorMessage(error) }).finally(() => process.exit(1));
}

function report(message: ChildReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
