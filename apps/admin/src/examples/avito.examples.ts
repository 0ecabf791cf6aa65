import type { Examples } from '../api/examples.ts';

const ACCOUNT = 401_122_334;
const CHAT = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';
const WEBHOOK = 'https://shop.example/api/v1/webhooks/avito/messages/3f9c…';

const message = {
  id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
  direction: 'in',
  author_id: 287_654_321,
  type: 'text',
  text: 'Торг есть?',
  content: { text: 'Торг есть?' },
  is_read: false,
  created_at: '2026-11-22T07:40:01.000Z',
};
const chat = {
  id: CHAT,
  type: 'u2i',
  item: { id: 7_632_548_911, title: 'Гараж', price: '300 000 ₽', url: 'https://www.avito.ru/7632548911' },
  buyer: { id: 287_654_321, name: 'Иван' },
  last_message: message,
  created_at: '2026-11-22T06:46:40.000Z',
  updated_at: '2026-11-22T07:40:01.000Z',
};
const inChat = { account_id: ACCOUNT, chat_id: CHAT };
const sent = { message_id: '91be2c40f7d3456aa0c5e8b1d2f3a4c6', created_at: '2026-11-22T07:41:01.000Z' };

/** Of the routes that ask Avito, by operation. */
export const avitoExamples: Examples = {
  registerWebhook: {
    body: { webhook_url: 'https://shop.example', replace: false, skip_probe: false },
    response: {
      status: 'registered',
      account_id: ACCOUNT,
      webhook_url: WEBHOOK,
      removed: [],
      warnings: [],
      message: 'Avito delivers messages to this address.',
    },
  },
  getWebhookStatus: {
    response: {
      account_id: ACCOUNT,
      avito: { status: 'ok' },
      token: { granted: true, expires_at: '2026-11-23T07:40:00.000Z', has_refresh_token: false },
      subscribed: true,
      subscriptions: [{ url: WEBHOOK, version: '3', owner: 'ours' }],
      last_registered: { webhook_url: WEBHOOK, at: '2026-11-20T09:00:00.000Z' },
      last_event_received_at: '2026-11-22T07:40:02.118Z',
      problems: [],
      message: 'Avito delivers to us.',
    },
  },
  unregisterWebhook: {
    body: {},
    response: {
      status: 'unregistered',
      account_id: ACCOUNT,
      removed: [WEBHOOK],
      message: `Avito no longer delivers to ${WEBHOOK}.`,
    },
  },
  listAvitoChats: { response: { account_id: ACCOUNT, chats: [chat], has_more: false } },
  getAvitoChat: { response: { account_id: ACCOUNT, chat } },
  listAvitoMessages: { response: { ...inChat, messages: [message], has_more: false } },
  markAvitoChatRead: { response: { status: 'read', ...inChat } },
  sendAvitoMessage: {
    body: { text: 'Добрый день! Да, гараж ещё продаётся.' },
    response: { status: 'sent', ...inChat, ...sent, parts: [sent] },
  },
  sendAvitoImage: {
    response: { status: 'sent', ...inChat, ...sent, image_id: '24781234567.e2f1a0' },
  },
  deleteAvitoMessage: { response: { status: 'deleted', ...inChat, message_id: sent.message_id } },
  getAvitoVoiceUrls: {
    response: {
      account_id: ACCOUNT,
      voices: [
        { voice_id: 'vc-8d2f6b10', url: 'https://voice.example/vc-8d2f6b10.mp4' },
        { voice_id: 'vc-gone', url: null },
      ],
    },
  },
  listAvitoItems: {
    response: {
      account_id: ACCOUNT,
      items: [
        {
          id: 7_632_548_911,
          title: 'Гараж',
          price: 300_000,
          status: 'active',
          url: 'https://www.avito.ru/7632548911',
          address: 'Москва',
          category: { id: 85, name: 'Гаражи и машиноместа' },
        },
      ],
      next_page: null,
    },
  },
  blacklistAvitoBuyer: {
    body: { buyer_id: 287_654_321, reason: 'spam', item_id: 7_632_548_911 },
    response: { status: 'blacklisted', account_id: ACCOUNT, buyer_id: 287_654_321 },
  },
  getAvitoConnection: {
    response: {
      account_id: ACCOUNT,
      grant: 'consent',
      connected: false,
      token_expires_at: null,
      consent_url:
        'https://avito.ru/oauth?response_type=code&pro_users_flow=true&client_id=…&scope=messenger%3Aread%2Cmessenger%3Awrite&state=Zk3…',
      state: 'Zk3…',
    },
  },
  connectAvitoAccount: {
    body: { code: 'the-code-that-came-back', state: 'Zk3…' },
    response: {
      status: 'connected',
      account_id: ACCOUNT,
      token_expires_at: '2026-11-23T07:40:00.000Z',
    },
  },
};
