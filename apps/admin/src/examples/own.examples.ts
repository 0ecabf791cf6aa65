import type { Examples } from '../api/examples.ts';

const ACCOUNT = 401_122_334;
const CHAT = 'u2i-Qm4TzXk0aV~7wYb3NdKsLg';

const chat = {
  account_id: ACCOUNT,
  chat_id: CHAT,
  mode: 'human',
  mode_reason: 'operator-wrote',
  mode_changed_at: '2026-11-22T07:41:02.004Z',
  reply_mode: null,
  buyer_id: 287_654_321,
  buyer_name: 'Иван',
  item_id: 7_632_548_911,
  last_inbound_at: '2026-11-22T07:40:02.118Z',
  last_outbound_at: '2026-11-22T07:41:02.004Z',
  updated_at: '2026-11-22T07:41:02.004Z',
};

const heldMessage = {
  account_id: ACCOUNT,
  chat_id: CHAT,
  message_id: '5f0c9a7e21d84b6f8c3e1a2b4d6f7081',
  type: 'text',
  text: 'Торг есть?',
  item_id: 7_632_548_911,
  decision: 'hold',
  reason: 'human-has-the-chat',
  reason_text: 'Чат ведёт сотрудник',
  created_at: '2026-11-22T07:40:01.000Z',
  received_at: '2026-11-22T07:40:02.118Z',
};

const draft = {
  account_id: ACCOUNT,
  chat_id: CHAT,
  reply_id: '0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
  status: 'draft',
  question: 'Торг есть?',
  text: 'Здравствуйте! Цена окончательная.',
  action: 'answer',
  reason: null,
  sources: [
    { kind: 'knowledge', sourceKey: 'faq.csv', title: 'Вопросы', heading: 'Вопросы', chunkIds: [12] },
  ],
  created_at: '2026-11-22T07:40:04.118Z',
};

/** Of the routes about what we know ourselves, by operation. */
export const ownExamples: Examples = {
  listAccounts: {
    response: { accounts: [{ account_id: ACCOUNT, name: 'Гаражи', knowledge_account_id: ACCOUNT }] },
  },
  listAlerts: {
    response: {
      open: [
        {
          alert_id: '17',
          account_id: ACCOUNT,
          kind: 'webhook-gone',
          subject: '',
          message: 'Avito больше не присылает сообщения: подпишите аккаунт заново.',
          details: {},
          count: 2,
          raised_at: '2026-11-22T07:40:02.118Z',
          last_seen_at: '2026-11-22T08:40:02.118Z',
          cleared_at: null,
        },
      ],
      closed: [],
    },
  },
  listChats: { response: { account_id: ACCOUNT, chats: [chat] } },
  pauseChat: { body: {}, response: { ...chat, mode_reason: 'paused' } },
  resumeChat: { body: {}, response: { ...chat, mode: 'auto', mode_reason: null } },
  setChatReplyMode: {
    body: { reply_mode: 'draft' },
    response: { ...chat, mode: 'auto', reply_mode: 'draft' },
  },
  listDrafts: { response: { account_id: ACCOUNT, drafts: [draft] } },
  sendDraft: {
    body: { text: 'Добрый день! Цена окончательная.' },
    response: { ...draft, status: 'stored', text: 'Добрый день! Цена окончательная.' },
  },
  discardDraft: { body: {}, response: { ...draft, status: 'cancelled' } },
  listUnansweredMessages: { response: { account_id: ACCOUNT, total: 1, messages: [heldMessage] } },
  answerMessage: {
    body: {},
    response: {
      account_id: ACCOUNT,
      chat_id: CHAT,
      message_id: heldMessage.message_id,
      outcome: 'asked',
    },
  },
  dismissMessage: {
    body: {},
    response: {
      ...heldMessage,
      decision: 'ignore',
      reason: 'dismissed-by-owner',
      reason_text: 'Закрыто владельцем',
    },
  },
  listHeldMessages: {
    response: {
      account_id: ACCOUNT,
      messages: [heldMessage],
    },
  },
  listUnrecognizedEvents: {
    response: {
      events: [
        {
          event_key: '0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
          account_id: ACCOUNT,
          reason: 'unknown-type',
          body: { payload: { type: 'something-new' } },
          received_at: '2026-11-22T07:40:02.118Z',
        },
      ],
    },
  },
  answerQuestion: {
    body: { question: 'Сколько стоит доставка в Казань?', chat_id: CHAT },
    response: {
      account_id: ACCOUNT,
      context: { chat: 'known', history_messages: 3, item_id: 7_632_548_911 },
      text: 'Доставка в Казань стоит 490 рублей.',
      mode: 'extractive',
      action: 'answer',
      reason: 'gate-refused',
      sources: [
        {
          kind: 'knowledge',
          document_id: 'shop/delivery.md',
          title: 'Доставка',
          heading: 'Доставка > Казань',
        },
      ],
      attempts: [
        {
          model: 'gpt-4.1-mini',
          outcome: 'refused',
          is_correction: false,
          is_partial: false,
          code: null,
          gate: {
            problems: [{ kind: 'number', value: '300 рублей', text: 'числа «300 рублей» нет в источниках' }],
            checked: { numbers: 1, dates: 0, contacts: 0, sources: 1 },
          },
        },
      ],
      usage: {
        model: 'gpt-4.1-mini',
        input_tokens: 1_040,
        output_tokens: 22,
        embedding_tokens: 0,
        cost: 0.0411,
      },
      timings: { approved: 1, rewrite: 0, retrieve: 8, generate: 940, gate: 1, total: 951 },
      lines: [
        'Покупатель спросил: «Сколько стоит доставка в Казань?».',
        'Модель gpt-4.1-mini ответила, но проверка не пропустила ответ:',
        '  – числа «300 рублей» нет в источниках',
        'Ответ взят из базы, объявления или одобренных ответов слово в слово: «Доставка в Казань стоит 490 рублей.».',
        'Причина: ответ модели не прошёл проверку фактов и не отправлен.',
        'Это проба: покупателю ничего не отправлено.',
      ],
    },
  },
  listFailedJobs: {
    response: {
      jobs: [
        {
          queue: 'sends',
          job_id: 's-0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
          name: 'send-reply',
          reason: 'POST messages: 500',
          attempts: 5,
          enqueued_at: '2026-11-22T07:40:02.118Z',
          failed_at: '2026-11-22T08:40:05.004Z',
          account_id: ACCOUNT,
          chat_id: CHAT,
        },
      ],
    },
  },
  retryFailedJob: {
    response: { status: 'waiting', queue: 'sends', job_id: 's-0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11' },
  },
  listSpend: {
    response: {
      account_id: ACCOUNT,
      currency: 'RUB',
      months: [
        {
          month: '2026-11',
          amount: 41.7,
          unpriced_calls: 0,
          models: [
            {
              model: 'gpt-5-mini',
              calls: 310,
              unpriced_calls: 0,
              input_tokens: 402_118,
              output_tokens: 20_377,
              amount: 41.7,
            },
          ],
        },
      ],
    },
  },
  erase: {
    body: { chat_id: CHAT },
    response: {
      erasure_id: '0b7d3f1e-6c55-4a0e-9a53-2f1c0a7b9d11',
      account_id: ACCOUNT,
      subject: 'chat',
      subject_hash: '6e4f1d0b7a9c2f83c5d1e0a4b7968f3d2c1b0a99887766554433221100ffeedd',
      erased_at: '2026-11-22T09:00:00.000Z',
      erased: {
        tables: { messages: 6, sends: 3, replies: 3, chats: 1 },
        jobs: { 'webhook-events': 3, replies: 3, sends: 3 },
        jobs_at_work: 0,
        interrupted_sends: 0,
      },
    },
  },
  listDocuments: {
    response: {
      account_id: ACCOUNT,
      knowledge_account_id: ACCOUNT,
      total: 1,
      documents: [
        {
          id: 'shop/delivery.md',
          title: 'Доставка',
          kind: 'markdown',
          item_id: null,
          chunks: 4,
          updated_at: '2026-11-22T06:00:00.000Z',
        },
      ],
    },
  },
  searchKnowledge: {
    response: {
      account_id: ACCOUNT,
      knowledge_account_id: ACCOUNT,
      passages: [
        {
          document_id: 'shop/delivery.md',
          title: 'Доставка',
          heading: 'Доставка > Казань',
          question: null,
          text: 'Доставка в Казань стоит 490 рублей.',
          score: 0.71,
        },
      ],
    },
  },
  removeDocument: { response: { status: 'removed', account_id: ACCOUNT, id: 'shop/delivery.md' } },
};
