-- Who is answered: a mode per chat, drafts, and the moment from which an account is answered at all.

-- `mode` says who has the chat; `reply_mode` what the program does while it has it. Null: as the account's settings say.
alter table chats add column reply_mode text check (reply_mode in ('auto', 'draft', 'off'));
-- When Avito last told about the listing: it may be removed or change its price.
alter table chats add column item_checked_at timestamptz;
create index chats_with_a_person on chats (account_id, mode_changed_at) where mode = 'human';

-- draft: written, and waits for the owner. It has no sends until he lets it go.
alter table replies drop constraint replies_status_check;
alter table replies add constraint replies_status_check
  check (status in ('draft', 'stored', 'sent', 'failed', 'cancelled'));
create index replies_drafts on replies (account_id, created_at) where status = 'draft';

-- The first switch-on never answers old chats: messages from before it are only listed.
create table account_starts (
  account_id     bigint primary key,
  switched_on_at timestamptz not null default clock_timestamp()
);
insert into account_starts (account_id, switched_on_at)
  select account_id, min(created_at) from chats group by account_id;
