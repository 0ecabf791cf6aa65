-- How answers are worded, what operators approved, and what nobody could answer.

-- Versions are only ever added; going back is a new version with an old content.
create table answer_settings_versions (
  account_id    bigint not null,
  version       int not null check (version >= 1),
  settings      jsonb not null,
  author        text,
  note          text,
  -- The version whose content this one repeats.
  restored_from int,
  created_at    timestamptz not null default clock_timestamp(),
  primary key (account_id, version)
);
-- Which version holds. The row is also the lock under which the next version gets its number.
create table answer_settings (
  account_id bigint primary key,
  version    int,
  foreign key (account_id, version) references answer_settings_versions
);

-- Pairs that are sent as they stand. `folded` is what questions are compared by.
create table approved_answers (
  id         uuid primary key default gen_random_uuid(),
  account_id bigint not null,
  question   text not null,
  folded     text not null check (folded <> ''),
  answer     text not null check (answer <> ''),
  -- Numbers of which similarly written questions share one.
  bands      int[] not null,
  -- The gap that it closed.
  gap_id     uuid,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (account_id, folded)
);
create index approved_answers_by_age on approved_answers (account_id, created_at desc);
create index approved_answers_bands on approved_answers using gin (bands) with (fastupdate = off);

-- Questions without an answer, gathered by what they ask.
create table gaps (
  id         uuid primary key default gen_random_uuid(),
  account_id bigint not null,
  status     text not null default 'open' check (status in ('open', 'answered', 'dismissed')),
  created_at timestamptz not null default clock_timestamp(),
  closed_at  timestamptz
);
create index gaps_of_account on gaps (account_id, status);

-- Every unanswered question that was looked at; its text stays in the reply or message, with which the row goes.
create table gap_questions (
  id         bigint generated always as identity primary key,
  account_id bigint not null,
  reply_id   uuid unique references replies on delete cascade,
  message_id text,
  -- Null: it asks nothing.
  gap_id     uuid references gaps on delete cascade,
  asked_at   timestamptz not null,
  -- Without personal data, as questions are compared.
  folded     text not null,
  -- The word stems, by which questions without vectors are gathered.
  stems      text not null,
  -- Numbers of which similar stems share one.
  bands      int[] not null,
  -- The question that opened the gap: others are compared with it.
  is_leader  boolean not null default false,
  space_key  text,
  embedding  halfvec,
  unique (account_id, message_id),
  foreign key (account_id, message_id) references messages on delete cascade,
  check (num_nonnulls(reply_id, message_id) = 1),
  check ((space_key is null) = (embedding is null))
);
create index gap_questions_of_gap on gap_questions (gap_id);
create index gap_questions_leaders on gap_questions (account_id) where is_leader;
create index gap_questions_bands on gap_questions using gin (bands) with (fastupdate = off) where is_leader;

-- The lock under which an account's questions are gathered.
create table gap_collections (
  account_id   bigint primary key,
  collected_at timestamptz not null default clock_timestamp()
);

-- For the owner's list of replies by reason.
create index replies_by_reason on replies (account_id, reason, created_at desc);
