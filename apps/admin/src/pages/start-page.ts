import type { Alert } from '@avito-autoreply/database';
import type { JobCounts, QueueName } from '@avito-autoreply/queue';
import { html, type Html } from './html.ts';
import { page } from './layout.ts';

export type Figures = {
  /** Undefined while the queue or the database does not answer. */
  queues: Record<QueueName, JobCounts> | undefined;
  accounts: AccountGlance[] | undefined;
  alerts: Alert[] | undefined;
};

/** One account's counts; `withHuman` is counted up to a bound. */
export type AccountGlance = {
  userId: number;
  name: string | undefined;
  waiting: number;
  withHuman: { count: number; isMore: boolean };
  /** Of the list of the same name. */
  unanswered: number;
  drafts: number;
  unknownSends: number;
  /** What buyers ask and nothing answers. */
  gaps: { total: number; top: { question: string; count: number; lastSeenAt: Date }[] };
};

const queueTitles: Record<QueueName, string> = {
  'webhook-events': 'Входящие события',
  replies: 'Подготовка ответов',
  sends: 'Отправка',
  knowledge: 'База знаний',
  maintenance: 'Обслуживание',
};
const queueOrder: readonly QueueName[] = ['webhook-events', 'replies', 'sends', 'knowledge', 'maintenance'];

const number = (value: number) => value.toLocaleString('ru-RU');

const minutes = new Intl.DateTimeFormat('ru-RU', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Moscow',
});

const MAX_QUESTION = 160;
const shortened = (text: string) => (text.length > MAX_QUESTION ? `${text.slice(0, MAX_QUESTION)}…` : text);

/** Nothing while every question has an answer. */
function gapTable({ total, top }: AccountGlance['gaps']): Html | Html[] {
  if (top.length === 0) return [];
  return html`<h3>Вопросы без ответа: ${number(total)}</h3>
    <div class="card scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">О чём спрашивают</th>
            <th scope="col">раз</th>
            <th scope="col">последний</th>
          </tr>
        </thead>
        <tbody>
          ${top.map(
            ({ question, count, lastSeenAt }) =>
              html`<tr>
                <th scope="row">${shortened(question)}</th>
                <td>${number(count)}</td>
                <td>${minutes.format(lastSeenAt)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>Ответить: <code>autoreply gaps</code> или раздел Answers в <a href="/api/docs">API</a>.</p>`;
}

function accountTiles({
  userId,
  name,
  waiting,
  withHuman,
  unanswered,
  drafts,
  unknownSends,
  gaps,
}: AccountGlance): Html {
  const tile = (value: string, title: string) =>
    html`<div class="tile"><strong>${value}</strong><span>${title}</span></div>`;
  return html`<h2>Аккаунт ${name === undefined ? '' : `«${name}» `}${userId}</h2>
    <div class="tiles">
      ${tile(number(waiting), 'сообщений ждут автоответа')}
      ${tile(`${number(withHuman.count)}${withHuman.isMore ? '+' : ''}`, 'чатов у человека')}
      ${tile(number(unanswered), 'сообщений без ответа')} ${tile(number(drafts), 'черновиков ждут вас')}
      ${tile(number(unknownSends), 'отправок с неясным исходом')}
    </div>
    ${gapTable(gaps)}`;
}

function accountSections(accounts: Figures['accounts']): Html | Html[] {
  if (accounts === undefined) return html`<p class="alert">База данных сейчас не отвечает.</p>`;
  return accounts.map(accountTiles);
}

function queueRow(name: QueueName, counts: JobCounts): Html {
  const failed = counts.failed > 0 ? html`<td class="bad">${number(counts.failed)}</td>` : html`<td>0</td>`;
  return html`<tr>
    <th scope="row"><a href="/queues/queue/${name}">${queueTitles[name]}</a></th>
    <td>${number(counts.waiting)}</td>
    <td>${number(counts.delayed)}</td>
    <td>${number(counts.active)}</td>
    ${failed}
  </tr>`;
}

function queueTable(queues: Figures['queues']): Html {
  if (queues === undefined) return html`<p class="alert">Очередь сейчас не отвечает.</p>`;
  return html`<div class="card scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Очередь</th>
          <th scope="col">ждут</th>
          <th scope="col">отложены</th>
          <th scope="col">в работе</th>
          <th scope="col">не удались</th>
        </tr>
      </thead>
      <tbody>
        ${queueOrder.map((name) => queueRow(name, queues[name]))}
      </tbody>
    </table>
  </div>`;
}

function alertNotice({ accountId, message, raisedAt }: Alert): Html {
  const whose = accountId === null ? '' : `Аккаунт ${accountId}: `;
  return html`<p class="alert" role="alert">
    ${whose}${message} <small>С ${minutes.format(raisedAt)} МСК</small>
  </p>`;
}

/** Nothing while nothing is wrong. When the database is away, the accounts' section says so. */
const alertSection = (alerts: Figures['alerts']): Html[] => (alerts ?? []).map(alertNotice);

export function startPage({ queues, accounts, alerts }: Figures): Html {
  return page({
    title: 'Обзор',
    body: html`<main class="wide">
      <header class="top">
        <h1><img src="/assets/icon.svg" alt="" width="32" height="32" />Avito Autoreply</h1>
        <form method="post" action="/sign-out"><button class="plain" type="submit">Выйти</button></form>
      </header>
      ${alertSection(alerts)} ${accountSections(accounts)}
      <h2>Очереди</h2>
      ${queueTable(queues)}
      <h2>Разделы</h2>
      <nav class="tiles">
        <a class="tile" href="/queues"
          ><strong>Очереди и задания</strong><span>Bull Board: ход заданий, ошибки, повтор</span></a
        >
        <a class="tile" href="/api/docs"
          ><strong>API управления</strong><span>описание и пробные запросы</span></a
        >
        <a class="tile" href="/api/openapi.json"
          ><strong>OpenAPI</strong><span>документ для программ</span></a
        >
      </nav>
    </main>`,
  });
}
