-- The memory of the pipeline: chats, messages, replies, sends. The queue is only the bell; everything here can ring it again.
-- Every step that changes a row of a chat locks the row in `chats` first: one lock order, so no deadlocks.

create table chats (
  account_id       bigint not null,
  chat_id          text not null,
  chat_type        text,
  item_id          bigint,
  item             jsonb,
  buyer_id         bigint,
  buyer_name       text,
  mode             text not null default 'auto' check (mode in ('auto', 'human')),
  mode_reason      text,
  mode_changed_at  timestamptz not null default clock_timestamp(),
  -- Number of the turn that is being collected. It only grows, and is the fence: a composer that holds an older number stores nothing.
  turn             bigint not null default 1,
  -- The turn whose reply is being composed; null when nobody composes.
  composing_turn   bigint,
  composing_since  timestamptz,
  -- Both null while nothing waits to be answered. The turn is due after a quiet time, at most a maximum wait after its first message.
  turn_first_at    timestamptz,
  turn_due_at      timestamptz,
  last_inbound_at  timestamptz,
  last_outbound_at timestamptz,
  created_at       timestamptz not null default clock_timestamp(),
  updated_at       timestamptz not null default clock_timestamp(),
  primary key (account_id, chat_id),
  check (composing_turn < turn),
  check ((composing_turn is null) = (composing_since is null)),
  check ((turn_first_at is null) = (turn_due_at is null))
);
create index chats_by_activity on chats (account_id, updated_at desc);
create index chats_turn_due on chats (turn_due_at) where turn_due_at is not null;
create index chats_composing on chats (composing_since) where composing_since is not null;

create table replies (
  id          uuid primary key default gen_random_uuid(),
  account_id  bigint not null,
  chat_id     text not null,
  turn        bigint not null,
  mode        text not null check (mode in ('model', 'extractive', 'static')),
  action      text not null check (action in ('answer', 'handoff')),
  reason      text,
  question    text not null,
  text        text not null,
  sources     jsonb not null,
  trace       jsonb not null,
  -- stored: its texts may still leave. The other three are final, apart from a text that turns out to have left after all.
  status      text not null default 'stored' check (status in ('stored', 'sent', 'failed', 'cancelled')),
  created_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  foreign key (account_id, chat_id) references chats,
  -- The first text that is stored for a turn wins.
  unique (account_id, chat_id, turn)
);
create index replies_by_age on replies (account_id, created_at desc);

create table messages (
  account_id      bigint not null,
  message_id      text not null,
  chat_id         text not null,
  direction       text not null check (direction in ('in', 'out')),
  author_id       bigint,
  author_kind     text not null check (author_kind in ('buyer', 'us', 'operator', 'avito')),
  type            text not null,
  text            text,
  content         jsonb not null,
  item_id         bigint,
  created_at      timestamptz not null, -- Avito's clock, whole seconds
  received_at     timestamptz not null default clock_timestamp(), -- ours
  decision        text not null check (decision in ('answer', 'hold', 'handoff', 'ignore')),
  decision_reason text not null,
  -- Inbound: the reply that answers it. Outbound: the reply it is a part of.
  reply_id        uuid references replies,
  primary key (account_id, message_id),
  foreign key (account_id, chat_id) references chats
);
create index messages_of_chat on messages (account_id, chat_id, created_at desc, received_at desc);
create index messages_unanswered on messages (account_id, chat_id)
  where direction = 'in' and decision = 'answer' and reply_id is null;
create index messages_held on messages (account_id, received_at desc)
  where direction = 'in' and decision in ('hold', 'handoff');
create index messages_by_reply on messages (reply_id) where reply_id is not null;

create table sends (
  id               uuid primary key default gen_random_uuid(),
  reply_id         uuid not null references replies,
  part             int not null check (part >= 1),
  account_id       bigint not null,
  chat_id          text not null,
  text             text not null,
  -- sending: the intent is committed and the POST may have happened. unknown: it happened or not, nobody can say yet.
  status           text not null default 'queued'
                   check (status in ('queued', 'sending', 'sent', 'unknown', 'failed', 'cancelled')),
  attempts         int not null default 0,
  intent_at        timestamptz,
  avito_message_id text,
  sent_at          timestamptz,
  error_code       text,
  error_message    text,
  created_at       timestamptz not null default clock_timestamp(),
  updated_at       timestamptz not null default clock_timestamp(),
  foreign key (account_id, chat_id) references chats,
  unique (reply_id, part)
);
create unique index sends_by_message on sends (account_id, chat_id, avito_message_id) where avito_message_id is not null;
create index sends_open on sends (account_id, chat_id) where status in ('queued', 'sending', 'unknown');
create index sends_overdue on sends (updated_at) where status in ('queued', 'sending');

-- Signed events that we do not understand: kept where the owner sees them.
create table unrecognized_events (
  event_key   text primary key,
  account_id  bigint,
  reason      text not null,
  body        jsonb not null,
  received_at timestamptz not null default clock_timestamp()
);
create index unrecognized_events_by_age on unrecognized_events (received_at desc);
