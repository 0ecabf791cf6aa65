// Composed after Avito's documentation; ids are invented.

export const USER_ID = 401122334;
export const BUYER_ID = 287654321;
export const CHAT_ID = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';

export const buyerMessage = {
  id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
  author_id: BUYER_ID,
  created: 1795333201,
  direction: 'in',
  type: 'text',
  content: { text: 'Торг есть?' },
  is_read: true,
  read: null,
  quote: {
    id: '91be2c40f7d3456aa0c5e8b1d2f3a4c6',
    author_id: USER_ID,
    created: 1795333100,
    type: 'text',
    content: { text: '300 тысяч' },
  },
};

export const chat = {
  id: CHAT_ID,
  created: 1795330000,
  updated: 1795333201,
  context: {
    type: 'item',
    value: {
      id: 7632548911,
      title: 'Гараж',
      price_string: '300\u00A0000 ₽',
      status_id: 10,
      url: 'https://example.org/item',
      user_id: USER_ID,
      images: { count: 3, main: { '140x105': 'https://img.example/140.jpg' } },
      location: { title: 'Москва', lat: 55.75, lon: 37.62 },
    },
  },
  users: [
    { id: USER_ID, name: 'Магазин', public_user_profile: { user_id: USER_ID } },
    { id: BUYER_ID, name: 'Иван', parsing_allowed: true, public_user_profile: { user_id: BUYER_ID } },
  ],
  last_message: {
    id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
    author_id: BUYER_ID,
    created: 1795333201,
    direction: 'in',
    type: 'text',
    content: { text: 'Здравствуйте!' },
    delivered: 1795333202,
  },
};

const messageEvent = (value: Record<string, unknown>) => ({
  id: '0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
  version: 'v3.0.0',
  timestamp: 1795333202,
  payload: {
    type: 'message',
    value: {
      id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
      chat_id: CHAT_ID,
      user_id: USER_ID,
      author_id: BUYER_ID,
      created: 1795333201,
      type: 'text',
      chat_type: 'u2i',
      content: { text: 'Здравствуйте! Ещё продаёте? Торг есть?' },
      item_id: 7632548911,
      published_at: '2026-11-22T07:40:01Z',
      ...value,
    },
  },
});

export const events = {
  withValue: messageEvent,
  text: messageEvent({}),
  echo: messageEvent({ author_id: USER_ID, content: { text: 'Добрый день, да, продаём.' } }),
  voice: messageEvent({ type: 'voice', content: { voice: { voice_id: 'vc-8d2f6b10' } } }),
  image: messageEvent({
    type: 'image',
    content: { image: { sizes: { '140x105': 'https://img.example/140.jpg' } } },
  }),
  system: messageEvent({
    author_id: 0,
    type: 'system',
    content: { flow_id: 'flower_161071', text: 'Отвечаем ежедневно с 9 до 20' },
  }),
  file: messageEvent({
    chat_id: 'u2u-Lk3JhGf2dS~1aPoIuYtRe',
    author_id: 198765432,
    type: 'file',
    chat_type: 'u2u',
    content: {},
    item_id: null,
  }),
};
