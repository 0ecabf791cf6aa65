import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import { type RequestHandler, Router } from 'express';

/** Bull Board under `basePath`: the queues' jobs, with the buttons to retry and remove them. */
export function queueBoard({ queues, basePath }: { queues: readonly Queue[]; basePath: string }): Router {
  const server = new ExpressAdapter();
  server.setBasePath(basePath);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'Avito Autoreply',
        boardLogo: { path: '/assets/icon.svg', width: 24, height: 24 },
        locale: { lng: 'ru-RU' },
        favIcon: { default: '/assets/icon.svg', alternative: '/assets/icon.svg' },
        miscLinks: [{ text: 'Обзор', url: '/' }],
        hideDocsLink: true,
      },
    },
  });
  // The board's own handler shows stacks where NODE_ENV is `development`.
  server.setErrorHandler((error) => ({
    status: 500,
    body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' }, message: error.message },
  }));
  const board: RequestHandler & { disable: (setting: string) => void } = server.getRouter();
  board.disable('x-powered-by');
  return Router().use(basePath, board);
}
