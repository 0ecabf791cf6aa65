-- What an account's answers cost, by month (of Moscow's calendar, in which owners pay) and model.
create table model_spend (
  account_id     bigint not null,
  month          date not null,
  model          text not null,
  calls          int not null,
  -- Calls whose price nobody knows: they are in the tokens, and not in the amount.
  unpriced_calls int not null,
  input_tokens   bigint not null,
  output_tokens  bigint not null,
  amount         numeric not null,
  primary key (account_id, month, model)
);
