-- What an owner's consent must come back with. A consent may begin on one replica and end on another.
create table avito_consent_states (
  account_id bigint not null,
  -- SHA-256 of the state: what is read here lets nobody finish a consent.
  state_hash bytea not null,
  expires_at timestamptz not null,
  primary key (account_id, state_hash)
);
