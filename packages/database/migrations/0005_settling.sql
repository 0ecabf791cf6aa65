-- Settling sends whose outcome is unknown. Each POST leaves a row of its own, so that every message of ours that turns
-- up in the chat has a POST that explains it, and a second copy is known to be one.

create table send_attempts (
  send_id          uuid not null references sends on delete cascade,
  attempt          int not null check (attempt >= 1),
  account_id       bigint not null,
  chat_id          text not null,
  intent_at        timestamptz not null default clock_timestamp(),
  -- open: the POST may be under way. unknown: it ended, or its process did, and nobody can say whether the text left.
  outcome          text not null default 'open' check (outcome in ('open', 'sent', 'not-sent', 'unknown')),
  avito_message_id text,
  -- What proved the message: Avito's answer to the POST, our echo by webhook, or the chat's history.
  found_by         text check (found_by in ('response', 'echo', 'history')),
  -- Set when the same text stands in the chat already: this copy is to be deleted. kept: Avito did not let us.
  surplus          text check (surplus in ('pending', 'deleted', 'kept')),
  error_code       text,
  error_message    text,
  updated_at       timestamptz not null default clock_timestamp(),
  primary key (send_id, attempt),
  check (avito_message_id is not null or surplus is null)
);
create unique index send_attempts_by_message on send_attempts (account_id, chat_id, avito_message_id)
  where avito_message_id is not null;
-- POSTs that may have left a message which nobody has seen yet.
create index send_attempts_unseen on send_attempts (account_id, chat_id)
  where outcome <> 'not-sent' and avito_message_id is null;
create index send_attempts_surplus on send_attempts (account_id) where surplus = 'pending';

-- looks: how many times the chat's history was read since the last POST without finding the text.
alter table sends add column looks int not null default 0;
-- When the history is to be read next: for an unknown outcome, and once after a repetition, for a copy that came late.
alter table sends add column look_at timestamptz;
create index sends_look on sends (look_at) where look_at is not null;

-- Why a reply was called back: a person has the chat, or a newer message superseded it.
alter table replies add column end_reason text;

insert into send_attempts (send_id, attempt, account_id, chat_id, intent_at, outcome, avito_message_id)
select id, attempts, account_id, chat_id, coalesce(intent_at, updated_at),
       case status when 'sending' then 'open' when 'unknown' then 'unknown' when 'sent' then 'sent' else 'not-sent' end,
       avito_message_id
  from sends where attempts > 0;
update sends set look_at = clock_timestamp() where status = 'unknown';
