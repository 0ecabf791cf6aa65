import { errorResponder, HttpError, notFoundHandler } from '@avito-autoreply/runtime/http';
import type { Logger } from '@avito-autoreply/runtime';
import { json, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { faultInput } from '../faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { switchesChange } from '../switches.ts';
import type { Control } from './control.ts';
import { streamEvents } from './event-stream.ts';
import * as inputs from './inputs.ts';
import { ledgerView, ledgerScope } from './ledger-view.ts';

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new HttpError(z.prettifyError(result.error), { code: 'simulator.bad-request', status: 400 });
}

/** A route that takes JSON, checks it and answers with what the function returns. */
const taking =
  <Schema extends z.ZodType>(
    schema: Schema,
    run: (input: z.infer<Schema>) => unknown,
    { status = 200 }: { status?: number } = {},
  ) =>
  async (request: Request, response: Response) => {
    const result: unknown = await run(parse(schema, request.body));
    response.status(status).json(result ?? { ok: true });
  };

const giving = (run: (request: Request) => unknown) => (request: Request, response: Response) => {
  response.json(run(request) ?? { ok: true });
};

const created = { status: 201 };
const chatsQuery = z.strictObject({
  accountId: z.coerce.number().int().optional(),
  /** So many of the most recent; default all. */
  limit: z.coerce.number().int().min(1).optional(),
});

type ControlRoutesDeps = { control: Control; ledger: Ledger; logger: Logger; signal: AbortSignal };

/** `/_control`: the README of this app lists every route. */
export function controlRoutes({ control, ledger, logger, signal }: ControlRoutesDeps): Router {
  const router = Router();
  router.use(json({ limit: '16mb' }));

  router.get(
    '/health',
    giving(() => ({ status: 'ok' })),
  );
  router.post('/reset', giving(control.reset));

  router.get('/accounts', giving(control.accounts));
  router.post('/accounts', taking(inputs.newAccount, control.addAccount, created));
  router.post('/listings', taking(inputs.newListing, control.addListing, created));
  router.get(
    '/chats',
    giving((request) => {
      const { accountId, limit } = parse(chatsQuery, request.query);
      return control.chats(accountId).slice(0, limit);
    }),
  );
  router.post('/chats', taking(inputs.chatChoice, control.openChat, created));
  router.get(
    '/chats/:chatId',
    giving((request) => control.chat(String(request.params['chatId']))),
  );

  router.post('/messages', taking(inputs.buyerMessage, control.buyerWrites, created));
  router.post('/bursts', taking(inputs.burst, control.burst, created));
  router.post('/operator-messages', taking(inputs.operatorMessage, control.operatorWrites, created));
  router.post('/system-messages', taking(inputs.systemMessage, control.systemWrites, created));
  router.post('/redeliveries', taking(inputs.redelivery, control.redeliver));
  router.post('/raw-deliveries', taking(inputs.rawDelivery, control.deliverRaw));

  router.get('/switches', giving(control.switches));
  router.patch('/switches', taking(switchesChange, control.changeSwitches));
  router.get('/faults', giving(control.faults));
  router.post('/faults', taking(faultInput, control.addFault, created));
  router.delete('/faults', giving(control.clearFaults));
  router.delete(
    '/faults/:id',
    giving((request) => control.removeFault(String(request.params['id']))),
  );
  router.post('/authorization-codes', taking(inputs.consent, control.authorize, created));
  router.post(
    '/expired-tokens',
    taking(inputs.whichAccount, ({ accountId }) => control.expireTokens(accountId)),
  );

  router.get(
    '/ledger',
    giving((request) => ledgerView(ledger, parse(ledgerScope, request.query))),
  );
  router.get(
    '/ledger/summary',
    giving((request) => ledger.summary(parse(ledgerScope, request.query))),
  );
  router.get('/events', (request, response) => streamEvents({ request, response, ledger, signal }));
  router.post(
    '/wait',
    taking(inputs.waitInput, async (wait) => ({
      allAnswered: await control.waitUntilAnswered(wait),
      summary: ledger.summary(),
    })),
  );

  router.use(notFoundHandler());
  router.use(errorResponder({ logger }));
  return router;
}
