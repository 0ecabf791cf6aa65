-- What all processes of an installation must know alike about Avito: the limits it told, and the tokens of accounts
-- whose owners let us in.

create table avito_rate_limits (
  account_id bigint not null,
  -- Calls that Avito counts together: messenger, items-list, …
  lane       text not null,
  -- No call of the lane before this time, by the database's clock.
  free_at    timestamptz not null,
  -- Refusals in a row, from which the next wait without a hint follows.
  refusals   integer not null check (refusals >= 0),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (account_id, lane)
);

create table avito_tokens (
  account_id  bigint primary key,
  -- Access and refresh token, AES-256-GCM with AVITO_TOKEN_KEY; the account id is bound in.
  sealed      text not null,
  expires_at  timestamptz not null,
  -- A refresh token works once: who renews holds the lease, the others wait for what he gets. Both null while nobody renews.
  lease_owner uuid,
  lease_until timestamptz,
  updated_at  timestamptz not null default clock_timestamp(),
  check ((lease_owner is null) = (lease_until is null))
);
