// The buyer's page: it knows nothing but /_control. Whatever comes from outside is set as text, never as markup.

const CHATS_SHOWN = 100;
const REQUESTS_SHOWN = 30;
// A load run makes hundreds of ledger entries per second; the eye needs few pictures.
const REFRESH_MS = 150;

const $ = (id) => document.getElementById(id);
const state = { accounts: [], chats: [], chat: undefined, ledger: undefined, faults: [], switches: {} };

async function control(method, path, body) {
  const response = await fetch(`/_control/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? `ответ ${response.status}`);
  return answer;
}

function element(tag, { text, children = [], ...properties } = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const pill = (text, tone) => {
  const made = element('span', { className: 'pill', text });
  if (tone) made.dataset.tone = tone;
  return made;
};

function showProblem(problem) {
  $('problem').hidden = problem === undefined;
  $('problem').textContent = problem === undefined ? '' : `Не получилось: ${problem.message}`;
}

/** Runs what a person asked for; what goes wrong is said on the page. */
const attempt =
  (run) =>
  async (...input) => {
    try {
      await run(...input);
      showProblem();
    } catch (problem) {
      showProblem(problem);
    }
  };

// ---- what is shown

const clockTime = (seconds) => new Date(seconds * 1_000).toLocaleTimeString('ru-RU');
const inSeconds = (ms) => `${(ms / 1_000).toLocaleString('ru-RU', { maximumFractionDigits: 1 })} с`;
const account = () => state.accounts.find(({ id }) => String(id) === $('account').value) ?? state.accounts[0];

const TYPE_NAMES = {
  image: 'Фото',
  voice: 'Голосовое сообщение',
  call: 'Пропущенный звонок',
  location: 'Место',
  item: 'Объявление',
  link: 'Ссылка',
  file: 'Файл',
  video: 'Видео',
  appCall: 'Звонок в приложении',
  deleted: 'Сообщение удалено',
};

function textOf({ type, content }) {
  const own = content.text ?? content.link?.text ?? content.location?.text ?? content.item?.title;
  const name = TYPE_NAMES[type];
  if (name === undefined) return own ?? type;
  return own === undefined ? name : `${name}: ${own}`;
}

// The event of a seller's own message is its echo.
function deliveryPill({ kind, outcome, status, latencyMs, error, attempt: number }) {
  const name = kind === 'echo' ? 'эхо' : 'вебхук';
  const tail = `${latencyMs} мс${number > 1 ? `, попытка ${number}` : ''}`;
  if (status === 200) return pill(`${kind === 'echo' ? 'эхо' : 'доставлено'}: 200, ${tail}`);
  if (outcome === 'lost') return pill(`${name}: потеря`, 'bad');
  if (outcome === 'timeout') return pill(`${name}: нет ответа, ${tail}`, 'bad');
  return pill(`${name}: ${status ?? error}, ${tail}`, 'bad');
}

function answerPill({ state: answered, at, latencyMs, answerIds }) {
  if (answered === 'unanswered')
    return pill(`ждёт ответа ${Math.round((Date.now() - at) / 1_000)} с`, 'wait');
  if (answered === 'operator') return pill(`ответил оператор за ${inSeconds(latencyMs)}`);
  if (answered === 'twice')
    return pill(`ответов: ${answerIds.length}, первый за ${inSeconds(latencyMs)}`, 'wait');
  return pill(`ответ за ${inSeconds(latencyMs)}`);
}

function statesOf(message) {
  const { ledger } = state;
  const deliveries = ledger.deliveries.filter(({ messageId }) => messageId === message.id);
  const asked = ledger.buyerMessages.find(({ messageId }) => messageId === message.id);
  const sent = ledger.sends.find(({ messageId }) => messageId === message.id);
  const writer = sent && (sent.by === 'operator' ? 'оператор' : 'автоответчик');
  const again = element('button', { type: 'button', text: '↻', title: 'Доставить этот вебхук ещё раз' });
  again.setAttribute('aria-label', again.title);
  again.addEventListener(
    'click',
    attempt(() => control('POST', 'redeliveries', { messageId: message.id })),
  );
  return [
    element('span', { text: [writer, clockTime(message.created)].filter(Boolean).join(', ') }),
    ...(message.direction === 'out' && message.read !== null ? [element('span', { text: 'прочитано' })] : []),
    ...deliveries.map(deliveryPill),
    ...(asked ? [answerPill(asked)] : []),
    ...(account()?.subscriptions.length ? [again] : []),
  ];
}

const shownMessages = new Map();

function showMessage(message) {
  const author = message.type === 'system' ? 'system' : message.direction === 'out' ? 'seller' : 'buyer';
  const item = shownMessages.get(message.id) ?? element('li');
  const states = element('div', { className: 'states', children: statesOf(message) });
  const picture = `${message.type} ${textOf(message)} ${states.innerHTML}`;
  if (item.picture !== picture) {
    item.picture = picture;
    item.className = `from-${author}${message.type === 'deleted' ? ' is-empty' : ''}`;
    item.replaceChildren(element('div', { className: 'bubble', text: textOf(message) }), states);
  }
  shownMessages.set(message.id, item);
  return item;
}

function showChat() {
  const { chat, ledger } = state;
  const list = $('messages');
  $('no-webhook').hidden = (account()?.subscriptions.length ?? 0) > 0;
  $('base-url').textContent = `AVITO_API_BASE_URL=${location.origin}`;
  $('chat-head').replaceChildren(
    element('strong', { text: chat ? chat.buyer.name : 'Вы — покупатель' }),
    element('div', {
      className: 'quiet',
      text: chat?.listing
        ? `${chat.listing.title}, ${chat.listing.priceString}`
        : 'Напишите: чат по выбранному объявлению откроется сам',
    }),
  );
  if (!chat || !ledger || chat.messages.length === 0) {
    shownMessages.clear();
    list.replaceChildren(
      element('li', {
        className: 'hint',
        text: 'Спросите о товаре, доставке или гарантии. Ответ появится здесь.',
      }),
    );
    return;
  }
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const items = chat.messages.map(showMessage);
  const isSame =
    items.length === list.children.length && items.every((item, at) => item === list.children[at]);
  if (!isSame) list.replaceChildren(...items);
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

function showChats() {
  const lines = state.chats.map(({ id, messages }) => [id, messages.at(-1)?.id, messages.at(-1)?.type]);
  if (!isNew('chats', [lines, state.chat?.id])) return;
  $('no-chats').hidden = state.chats.length > 0;
  $('chat-list').replaceChildren(
    ...state.chats.map((chat) => {
      const last = chat.messages.at(-1);
      const button = element('button', {
        type: 'button',
        children: [
          element('strong', { text: chat.buyer.name }),
          element('span', { className: 'quiet', text: chat.listing?.title ?? 'без объявления' }),
          element('span', { className: 'quiet', text: last ? textOf(last) : 'пусто' }),
        ],
      });
      button.setAttribute('aria-current', String(chat.id === state.chat?.id));
      button.addEventListener(
        'click',
        attempt(() => openChat(chat.id)),
      );
      return element('li', { children: [button] });
    }),
  );
}

function showRequests(requests) {
  const lines = requests.slice(-REQUESTS_SHOWN).toReversed();
  $('requests').replaceChildren(
    ...lines.map(({ endpoint, status, latencyMs, faultId }) =>
      element('li', {
        children: [
          element('span', { text: endpoint + (faultId === undefined ? '' : ', сбой') }),
          pill(`${status ?? 'обрыв'}, ${latencyMs} мс`, status === 200 ? '' : 'bad'),
        ],
      }),
    ),
  );
  if (lines.length === 0) $('requests').append(element('li', { text: 'Пока ни одного.' }));
}

const pictures = new Map();
/** Whether this looks different from last time: what is left alone keeps the focus and an open list. */
function isNew(name, shown) {
  const picture = JSON.stringify(shown);
  if (pictures.get(name) === picture) return false;
  pictures.set(name, picture);
  return true;
}

function fillSelect(select, options) {
  if (!isNew(select.id, options)) return;
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => element('option', { value, text })));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

function showAccounts() {
  fillSelect(
    $('account'),
    state.accounts.map(({ id, name }) => [String(id), [name, id].join(', ')]),
  );
  fillSelect(
    $('listing'),
    (account()?.listings ?? []).map(({ id, title, priceString }) => [String(id), `${title}, ${priceString}`]),
  );
}

// ---- faults and switches

const REPLY_FAULTS = [
  {
    id: 'page-429',
    name: 'Слишком много запросов',
    note: '429, Retry-After 5 с',
    effect: { kind: 'status', status: 429, retryAfterSeconds: 5 },
  },
  {
    id: 'page-503',
    name: 'Avito недоступен',
    note: '503, ответ не сохранён',
    effect: { kind: 'status', status: 503 },
  },
  {
    id: 'page-500-after',
    name: 'Ошибка после сохранения',
    note: '500, но сообщение уже в чате',
    effect: { kind: 'status', status: 500, when: 'after' },
  },
  {
    id: 'page-slow',
    name: 'Медленный ответ',
    note: 'сохранено сразу, ответ через 15 с',
    effect: { kind: 'slow', delayMs: 15_000 },
  },
  {
    id: 'page-reset',
    name: 'Обрыв соединения',
    note: 'сообщение сохранено, ответа нет',
    effect: { kind: 'reset', when: 'after' },
  },
  { id: 'page-402', name: 'Доступ не оплачен', note: '402', effect: { kind: 'status', status: 402 } },
];
const STRENGTHS = { always: {}, half: { probability: 0.5 }, once: { times: 1 } };

const WEBHOOK_SWITCHES = [
  {
    name: 'Теряется',
    note: 'сообщение видно только в истории',
    on: { deliveryLossProbability: 1 },
    off: { deliveryLossProbability: 0 },
  },
  {
    name: 'Приходит дважды',
    note: 'то же событие два раза сразу',
    on: { deliveryDuplicateProbability: 1 },
    off: { deliveryDuplicateProbability: 0 },
  },
  {
    name: 'Неверная подпись',
    note: 'если у магазина есть секрет',
    on: { signature: 'wrong' },
    off: { signature: 'on' },
  },
  {
    name: 'Вперемешку',
    note: 'задержка до 3 с, события обгоняют друг друга',
    on: { deliveryJitterMs: 3_000 },
    off: { deliveryJitterMs: 0 },
  },
  {
    name: 'Повторы при ошибке',
    note: 'до трёх попыток через секунду',
    on: { deliveryAttempts: 3 },
    off: { deliveryAttempts: 1 },
  },
];

function switchLine({ name, note, mark }, { isOn, change }) {
  const box = element('input', { type: 'checkbox', checked: isOn });
  box.addEventListener(
    'change',
    attempt(async () => {
      const wish = box.checked;
      // Shows what is, also when the change was refused.
      box.checked = !wish;
      await change(wish);
      await refreshPanel();
    }),
  );
  const children = [box, element('span', { text: name }), ...(mark ? [pill(mark, 'wait')] : [])];
  return element('label', { className: 'switch', children: [...children, element('small', { text: note })] });
}

const addReplyFault = ({ id, effect }) =>
  control('POST', 'faults', { id, endpoint: 'send-text', effect, ...STRENGTHS[$('strength').value] });

function showPanel() {
  const { faults, switches } = state;
  if (!isNew('panel', [faults, switches])) return;
  $('model').value = switches.modelMode;
  $('faults').replaceChildren(
    ...REPLY_FAULTS.map((fault) => {
      const active = faults.find(({ id }) => id === fault.id);
      return switchLine(
        { ...fault, mark: active?.struck ? `сработал: ${active.struck}` : '' },
        {
          isOn: active !== undefined,
          change: (on) => (on ? addReplyFault(fault) : control('DELETE', `faults/${fault.id}`)),
        },
      );
    }),
  );
  $('switches').replaceChildren(
    ...WEBHOOK_SWITCHES.map((line) =>
      switchLine(line, {
        isOn: Object.entries(line.on).every(([name, value]) => switches[name] === value),
        change: (on) => control('PATCH', 'switches', on ? line.on : line.off),
      }),
    ),
  );
}

// ---- what is read

async function refreshPanel() {
  [state.faults, state.switches] = await Promise.all([control('GET', 'faults'), control('GET', 'switches')]);
  showPanel();
}

async function refreshChat() {
  const id = state.chat?.id;
  if (id !== undefined) {
    const [chat, ledger] = await Promise.all([
      control('GET', `chats/${encodeURIComponent(id)}`),
      control('GET', `ledger?chatId=${encodeURIComponent(id)}`),
    ]);
    // Another chat was opened meanwhile.
    if (state.chat?.id !== id) return;
    Object.assign(state, { chat, ledger });
  }
  showChat();
  showRequests(id === undefined ? [] : state.ledger.requests);
}

async function refresh() {
  state.accounts = await control('GET', 'accounts');
  showAccounts();
  const of = account();
  state.chats = of ? await control('GET', `chats?accountId=${of.id}&limit=${CHATS_SHOWN}`) : [];
  await Promise.all([refreshChat(), refreshPanel()]);
  showChats();
}

let timer;
let isStale = false;
/** One refresh at a time: an older answer must not overwrite a newer one. */
function refreshSoon() {
  isStale = timer !== undefined;
  timer ??= setTimeout(async () => {
    isStale = false;
    await refresh().catch(showProblem);
    timer = undefined;
    if (isStale) refreshSoon();
  }, REFRESH_MS);
}

function show(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll('[data-show]')) {
    tab.setAttribute('aria-pressed', String(tab.dataset.show === view));
  }
}

async function openChat(id) {
  shownMessages.clear();
  state.chat = { id };
  state.ledger = undefined;
  show('chat');
  await refreshChat();
  $('messages').scrollTop = $('messages').scrollHeight;
  showChats();
}

const newChat = async () => {
  const { id } = await control('POST', 'chats', {
    accountId: account().id,
    ...($('listing').value ? { itemId: Number($('listing').value) } : { chatType: 'u2u' }),
    ...($('buyer').value.trim() ? { buyerName: $('buyer').value.trim() } : {}),
  });
  await openChat(id);
};

// ---- what a person does

const author = () => document.querySelector('input[name=author]:checked').value;

async function write() {
  const text = $('text').value.trim();
  const type = author() === 'buyer' ? $('type').value : 'text';
  if (text === '' && type === 'text') return;
  if (!state.chat) await newChat();
  const chatId = state.chat.id;
  $('text').value = '';
  if (author() === 'operator') await control('POST', 'operator-messages', { chatId, text });
  else if (author() === 'system') await control('POST', 'system-messages', { chatId, text });
  else await control('POST', 'messages', { chatId, type, ...(text === '' ? {} : { text }) });
  $('type').value = 'text';
  await refresh();
  $('messages').scrollTop = $('messages').scrollHeight;
}

const PLACEHOLDERS = {
  buyer: 'Сообщение покупателя',
  operator: 'Сообщение сотрудника магазина',
  system: 'Служебное сообщение Avito',
};

$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(write)();
});
$('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $('composer').requestSubmit();
});
for (const choice of document.querySelectorAll('input[name=author]')) {
  choice.addEventListener('change', () => {
    $('text').placeholder = PLACEHOLDERS[author()];
    $('type').disabled = author() !== 'buyer';
  });
}
$('new-chat').addEventListener('submit', (event) => {
  event.preventDefault();
  void attempt(async () => {
    await newChat();
    await refresh();
    $('text').focus();
  })();
});
$('account').addEventListener(
  'change',
  attempt(() => {
    state.chat = undefined;
    return refresh();
  }),
);
$('model').addEventListener(
  'change',
  attempt(() => control('PATCH', 'switches', { modelMode: $('model').value })),
);
$('expire').addEventListener(
  'click',
  attempt(() => control('POST', 'expired-tokens', { accountId: account().id })),
);
$('clear-faults').addEventListener(
  'click',
  attempt(async () => {
    const working = WEBHOOK_SWITCHES.map(({ off }) => off);
    await control('DELETE', 'faults');
    await control('PATCH', 'switches', Object.assign({ modelMode: 'honest' }, ...working));
    await refreshPanel();
  }),
);
$('reset').addEventListener(
  'click',
  attempt(async () => {
    if (!confirm('Удалить чаты, сбои и подписку на вебхук?')) return;
    await control('POST', 'reset');
    state.chat = undefined;
    await refresh();
  }),
);
for (const tab of document.querySelectorAll('[data-show]')) {
  tab.addEventListener('click', () => show(tab.dataset.show));
}

function showConnection(text, tone) {
  $('connection').textContent = text;
  $('connection').dataset.tone = tone;
}

const events = new EventSource('/_control/events?kinds=buyer-message,send,delivery,request');
for (const kind of ['buyer-message', 'send', 'delivery', 'request'])
  events.addEventListener(kind, refreshSoon);
events.addEventListener('open', () => {
  showConnection('на связи', 'good');
  refreshSoon();
});
events.addEventListener('error', () => showConnection('нет связи, пробую снова', 'bad'));

// The waiting times run on.
setInterval(() => {
  if (state.ledger?.buyerMessages.some((message) => message.state === 'unanswered')) showChat();
}, 1_000);
show('chat');
