import type { Sleep } from '@avito-autoreply/runtime';
import { sampleContent } from '../avito/content.ts';
import type { Conversation } from '../avito/conversation.ts';
import type { Dispatcher } from '../avito/dispatcher.ts';
import type { ImageStore } from '../avito/image-store.ts';
import type { Account, Chat, Listing, Message } from '../avito/model.ts';
import type { RateLimiter } from '../avito/rate-limiter.ts';
import { CONSENT_SCOPES } from '../avito/scopes.ts';
import { defaultAccount } from '../avito/shop.ts';
import type { TokenStore } from '../avito/tokens.ts';
import type { World } from '../avito/world.ts';
import type { Fault, FaultBoard, FaultInput } from '../faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { DeliveryRecord } from '../ledger/records.ts';
import type { SwitchBoard, Switches, SwitchesChange } from '../switches.ts';
import { writeBurst } from './burst.ts';
import { accountById, listingOf, pickChat } from './chat-picker.ts';
import type {
  BuyerMessage,
  Burst,
  ChatChoice,
  Consent,
  NewAccount,
  NewListing,
  RawDelivery,
  Redelivery,
  SystemMessage,
  WaitInput,
} from './inputs.ts';
import { notFound } from './problems.ts';
import { rawParcel } from './raw-parcel.ts';
import { waitUntilAnswered } from './wait.ts';

export type Written = {
  chatId: string;
  messageId: string;
  eventId: string;
  message: Message;
  /** Only when the call waited for them. */
  deliveries?: DeliveryRecord[];
};

/** Everything that `/_control` offers, as functions. Throws an HttpError with status 404 for what does not exist. */
export type Control = {
  accounts: () => readonly Account[];
  addAccount: (account: NewAccount) => Account;
  addListing: (listing: NewListing) => Listing;
  openChat: (choice: ChatChoice) => Chat;
  chats: (accountId?: number) => readonly Chat[];
  chat: (chatId: string) => Chat;
  buyerWrites: (message: BuyerMessage) => Promise<Written>;
  /** Several messages of one or many buyers; resolves when all have been written, not delivered. */
  burst: (burst: Burst) => Promise<Written[]>;
  operatorWrites: (message: { chatId: string; text: string }) => Message;
  systemWrites: (message: SystemMessage) => Promise<Written>;
  /** The same bytes again; waits for the webhook's answers. */
  redeliver: (event: Redelivery) => Promise<DeliveryRecord[]>;
  /** Any bytes, signed or not; waits for the webhook's answers. */
  deliverRaw: (delivery: RawDelivery) => Promise<DeliveryRecord[]>;
  switches: () => Switches;
  changeSwitches: (change: SwitchesChange) => Switches;
  faults: () => readonly Fault[];
  addFault: (fault: FaultInput) => Fault;
  removeFault: (id: string) => void;
  clearFaults: () => void;
  /** A one-time code for the grant `authorization_code`, as the consent page would hand out. */
  authorize: (consent?: Consent) => { code: string };
  expireTokens: (accountId?: number) => void;
  /** True: every buyer's message was followed by a send. */
  waitUntilAnswered: (wait?: WaitInput) => Promise<boolean>;
  /** Waits until no delivery is under way. */
  idle: () => Promise<void>;
  /** Accounts, chats, tokens, switches, faults and ledger as in the beginning. */
  reset: () => void;
};

export type ControlDeps = {
  world: World;
  conversation: Conversation;
  dispatcher: Dispatcher;
  tokens: TokenStore;
  images: ImageStore;
  limiter: RateLimiter;
  switches: SwitchBoard;
  faults: FaultBoard;
  ledger: Ledger;
  sleep: Sleep;
  signal: AbortSignal;
};

function contentOf({ type = 'text', text = '', content }: BuyerMessage) {
  return content ?? sampleContent({ type, text });
}

export function createControl(deps: ControlDeps): Control {
  const {
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
  } = deps;

  const chat = (chatId: string): Chat => {
    const known = world.chat(chatId);
    if (!known) throw notFound(`chat ${chatId}`, 'POST /_control/chats opens one');
    return known;
  };

  const buyerWrites: Control['buyerWrites'] = async ({
    type = 'text',
    created,
    deliver,
    awaitDelivery,
    ...input
  }) => {
    const { chatId, accountId, itemId, buyerId, buyerName, chatType } = input;
    const meant = pickChat(world, { chatId, accountId, itemId, buyerId, buyerName, chatType });
    const content = contentOf({ type, ...input });
    const written = conversation.buyerWrites({ chat: meant, type, content, created });
    const { message, eventId } = written;
    const result = { chatId: meant.id, messageId: message.id, eventId, message };
    if (deliver === false) return result;
    const delivery = written.deliver();
    return awaitDelivery ? { ...result, deliveries: await delivery } : result;
  };

  return {
    accounts: world.accounts,
    addAccount: ({ id, name, clientId, clientSecret, webhookSecret, listings }) => {
      const shop = defaultAccount({ accountId: id, clientId, clientSecret, webhookSecret });
      const account = {
        ...shop,
        ...(name === undefined ? {} : { name }),
        ...(listings ? { listings: listings.map(listingOf) } : {}),
      };
      world.putAccount(account);
      return account;
    },
    addListing: (input) => {
      const listing = listingOf(input);
      accountById(world, input.accountId).listings.push(listing);
      return listing;
    },
    openChat: (choice) => pickChat(world, choice),
    chats: (accountId) => world.chatsOf(accountById(world, accountId).id),
    chat,
    buyerWrites,
    burst: (input) => writeBurst(input, { write: buyerWrites, sleep, signal }),
    operatorWrites: ({ chatId, text }) => conversation.operatorWrites({ chat: chat(chatId), text }),
    systemWrites: async ({ text, flowId = 'flower_161071', authorId = 0, ...choice }) => {
      const meant = pickChat(world, choice);
      const content = { flow_id: flowId, text: text ?? 'Отвечаем ежедневно с 9 до 20' };
      const { message, eventId, deliver } = conversation.systemWrites({ chat: meant, content, authorId });
      return { chatId: meant.id, messageId: message.id, eventId, message, deliveries: await deliver() };
    },
    redeliver: async ({ eventId, messageId, times = 1 }) => {
      const made: DeliveryRecord[] = [];
      for (let time = 0; time < times; time += 1) {
        const delivery = conversation.redeliver({ eventId, messageId });
        if (!delivery)
          throw notFound(`event ${eventId ?? messageId}`, 'the ledger lists the events delivered');
        made.push(...(await delivery));
      }
      return made;
    },
    deliverRaw: (input) => dispatcher.deliver(rawParcel(accountById(world, input.accountId), input)),
    switches: switches.current,
    changeSwitches: switches.change,
    faults: faults.list,
    addFault: faults.add,
    removeFault: (id) => {
      if (!faults.remove(id)) throw notFound(`fault ${id}`, 'GET /_control/faults lists them');
    },
    clearFaults: faults.clear,
    authorize: ({ accountId, scopes = CONSENT_SCOPES } = {}) => ({
      code: tokens.issueCode({ accountId: accountById(world, accountId).id, scopes }),
    }),
    expireTokens: tokens.expire,
    waitUntilAnswered: (wait = {}) => waitUntilAnswered({ ...wait, ledger, sleep, signal }),
    idle: dispatcher.idle,
    reset: () => {
      world.reset();
      conversation.clear();
      tokens.clear();
      images.clear();
      limiter.clear();
      switches.reset();
      faults.clear();
      ledger.clear();
    },
  };
}
