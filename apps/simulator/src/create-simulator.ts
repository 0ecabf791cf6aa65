import {
  type Clock,
  type Logger,
  silentLogger,
  type Sleep,
  sleep as realSleep,
  systemClock,
} from '@avito-autoreply/runtime';
import express, { type Express } from 'express';
import { createAccess } from './avito/access.ts';
import { avitoRoutes } from './avito/avito.routes.ts';
import { createConversation } from './avito/conversation.ts';
import { createDispatcher } from './avito/dispatcher.ts';
import { createImageStore } from './avito/image-store.ts';
import { createRateLimiter } from './avito/rate-limiter.ts';
import type { Account } from './avito/model.ts';
import { type PostEvent, postEvent } from './avito/post-event.ts';
import { defaultAccount } from './avito/shop.ts';
import { createTokenStore } from './avito/tokens.ts';
import { voiceFileRoutes } from './avito/voice-file.ts';
import { createWorld } from './avito/world.ts';
import { type Control, createControl } from './control/control.ts';
import { controlRoutes } from './control/control.routes.ts';
import { createFaultBoard } from './faults.ts';
import { createEndpoints } from './http/endpoint.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { modelRoutes } from './model/model.routes.ts';
import { pageRoutes } from './page/page.routes.ts';
import { createRandom } from './random.ts';
import { createSwitchBoard, type SwitchesChange } from './switches.ts';

export type SimulatorOptions = {
  /** Default: the sample shop. */
  accounts?: readonly Account[];
  switches?: SwitchesChange;
  /** Of faults, losses and duplicates: the same seed strikes alike. Ids are never seeded. */
  seed?: string;
  /** Default: the model side takes any key. */
  modelApiKey?: string | undefined;
  clock?: Clock;
  sleep?: Sleep;
  post?: PostEvent;
  logger?: Logger;
};

export type Simulator = {
  /** Listens nowhere by itself. */
  app: Express;
  control: Control;
  ledger: Ledger;
  /** Ends waits, streams and deliveries; resolves when nothing is under way any more. */
  close: () => Promise<void>;
};

/** Avito's messenger API and an OpenAI-compatible API in one express app, with all state in memory. */
export function createSimulator({
  accounts = [defaultAccount()],
  switches: initialSwitches = {},
  seed = 'simulator',
  modelApiKey,
  clock = systemClock,
  sleep = realSleep,
  post = postEvent,
  logger = silentLogger,
}: SimulatorOptions = {}): Simulator {
  const closing = new AbortController();
  const { signal } = closing;
  const switches = createSwitchBoard({ initial: initialSwitches });
  const faults = createFaultBoard({ seed });
  const ledger = createLedger();
  const world = createWorld({ clock, initial: () => structuredClone([...accounts]) });
  const tokens = createTokenStore({ clock });
  const images = createImageStore();
  const limiter = createRateLimiter({ clock });
  const random = createRandom(`${seed}:deliveries`);
  const dispatcher = createDispatcher({ switches, ledger, post, clock, sleep, random, signal });
  const conversation = createConversation({ world, dispatcher, ledger, switches, clock });
  const access = createAccess({ world, tokens, switches });
  const endpoint = createEndpoints({ faults, ledger, clock, sleep, signal, logger });
  const control = createControl({
    world,
    conversation,
    dispatcher,
    tokens,
    images,
    limiter,
    switches,
    faults,
    ledger,
    sleep,
    signal,
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(pageRoutes());
  app.use('/_control', controlRoutes({ control, ledger, logger, signal }));
  app.use(voiceFileRoutes({ clock }));
  app.use('/v1', modelRoutes({ endpoint, switches, clock, sleep, signal, apiKey: modelApiKey }));
  app.use(avitoRoutes({ endpoint, access, world, tokens, images, limiter, conversation, switches, clock }));

  return {
    app,
    control,
    ledger,
    close: async () => {
      closing.abort();
      await dispatcher.idle();
    },
  };
}
