import type { Examples } from '../api/examples.ts';

const ACCOUNT = 401_122_334;

const settings = {
  persona: 'консультант магазина «Спектр»',
  tone: 'дружелюбно, на «вы»',
  rules: ['О скидках говорит только продавец'],
  texts: { unknown: 'Уточню у коллег и отвечу здесь, в чате.' },
  greeting: 'mirror',
};
const version = {
  version: 3,
  settings,
  author: 'Ольга',
  note: 'Мягче о скидках',
  restored_from: null,
  created_at: '2026-11-22T08:12:45.300Z',
};
const answer = {
  text: 'Доставка в Казань стоит 490 рублей.',
  mode: 'extractive',
  action: 'answer',
  reason: null,
  sources: [
    {
      kind: 'knowledge',
      document_id: 'shop/delivery.md',
      title: 'Доставка',
      heading: 'Доставка > Казань',
    },
  ],
  attempts: [],
  usage: { model: null, input_tokens: 0, output_tokens: 0, embedding_tokens: 0, cost: 0 },
  timings: { approved: 1, rewrite: 0, retrieve: 8, generate: 0, gate: 0, total: 10 },
};
const pair = {
  id: '3c5b7e0a-5c7e-4f4b-9a55-2f0d6c1b7a10',
  question: 'Есть ли парковка?',
  answer: 'Да, бесплатная, у входа.',
  gap_id: null,
  created_at: '2026-11-22T08:12:45.300Z',
  updated_at: '2026-11-22T08:12:45.300Z',
};
const GAP = 'b8b1b7a2-6d0e-4a51-8a35-0c7d5f2a9e44';
const gap = {
  gap_id: GAP,
  status: 'open',
  question: 'Есть ли трейд-ин?',
  count: 7,
  chats: 6,
  examples: [{ question: 'трейд ин делаете?', count: 2 }],
  first_seen_at: '2026-11-20T10:00:00.000Z',
  last_seen_at: '2026-11-22T08:10:11.000Z',
};
const reply = {
  reply_id: '0f2f6c0e-9a43-4d0e-8f0b-0d2b5a9e1c77',
  account_id: ACCOUNT,
  chat_id: 'u2i-Qm4TzXk0aV~7wYb3NdKsLg',
  question: 'Сколько стоит доставка в Казань?',
  text: 'Доставка в Казань стоит 490 рублей.',
  mode: 'extractive',
  action: 'answer',
  reason: null,
  status: 'sent',
  created_at: '2026-11-22T08:10:11.000Z',
  finished_at: '2026-11-22T08:10:13.000Z',
};
const current = { account_id: ACCOUNT, current: version };

/** Of the routes about how answers are made, by operation. */
export const answeringExamples: Examples = {
  getAnswerSettings: {
    response: { ...current, default_texts: { greeting: 'Здравствуйте! Чем могу помочь?' } },
  },
  publishAnswerSettings: {
    body: { settings, base_version: 2, author: 'Ольга', note: 'Мягче о скидках' },
    response: current,
  },
  listAnswerSettings: { response: { account_id: ACCOUNT, versions: [version] } },
  rollBackAnswerSettings: {
    body: { version: 1, base_version: 3 },
    response: { account_id: ACCOUNT, current: { ...version, version: 4, restored_from: 1, note: null } },
  },
  previewAnswerSettings: {
    body: { settings, questions: ['Сколько стоит доставка в Казань?'] },
    response: {
      account_id: ACCOUNT,
      answers: [
        {
          question: 'Сколько стоит доставка в Казань?',
          current: answer,
          proposed: { ...answer, text: 'Здравствуйте! Доставка в Казань стоит 490 рублей.' },
        },
      ],
    },
  },
  listApprovedAnswers: { response: { account_id: ACCOUNT, total: 1, answers: [pair] } },
  addApprovedAnswer: {
    body: { question: pair.question, answer: pair.answer },
    response: { account_id: ACCOUNT, outcome: 'added' },
  },
  changeApprovedAnswer: {
    body: { question: pair.question, answer: 'Да, у входа, первые два часа бесплатно.' },
    response: {
      account_id: ACCOUNT,
      answer: { ...pair, answer: 'Да, у входа, первые два часа бесплатно.' },
    },
  },
  removeApprovedAnswer: { response: { status: 'removed', account_id: ACCOUNT, id: pair.id } },
  importApprovedAnswers: {
    response: {
      account_id: ACCOUNT,
      added: 12,
      changed: 1,
      unchanged: 0,
      left_out: [{ at: 'line 7', missing: 'answer' }],
      warnings: [],
    },
  },
  exportApprovedAnswers: {
    response: {
      account_id: ACCOUNT,
      format: 'csv',
      content: 'question,answer\n"Есть ли парковка?","Да, бесплатная, у входа."\n',
    },
  },
  listReplies: { response: { total: 1, replies: [reply] } },
  explainReply: {
    response: {
      lines: [
        'Покупатель спросил: «Сколько стоит доставка в Казань?».',
        'Ответ взят из базы, объявления или одобренных ответов слово в слово: «Доставка в Казань стоит 490 рублей.».',
        'Часть 1 отправлена 22.11.2026, 11:10:13 МСК.',
      ],
      reply,
      sources: [{ kind: 'knowledge', sourceKey: 'shop/delivery.md', heading: 'Доставка > Казань' }],
      trace: { settingsVersion: 3, promptVersion: 'a3f0c2d41b77', attempts: [] },
    },
  },
  listGaps: { response: { account_id: ACCOUNT, total: 1, is_complete: true, gaps: [gap] } },
  answerGap: {
    body: { answer: 'Да, принимаем телефоны в трейд-ин.', all_wordings: false },
    response: { status: 'answered', account_id: ACCOUNT, gap_id: GAP, questions: [gap.question] },
  },
  dismissGap: { body: {}, response: { status: 'dismissed', account_id: ACCOUNT, gap_id: GAP } },
};
