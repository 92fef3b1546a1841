import { step } from './step';

export const paymentCredits = step(
  // Whom each payment is credited to: one row a payment, kept in the transaction of the fact that changes it. A payment
  // that came back keeps its row with the day on which it did: money received is what has none.
  `create table payment_credits (
    account text not null references accounts,
    payment text not null,
    person text not null references people,
    amount bigint not null,
    currency text not null,
    value_date date not null,
    credited_to text not null check (credited_to in ('contact', 'visit', 'agency', 'unprompted')),
    source_account text references accounts,
    source_event text,
    attempt text references attempts,
    step text,
    agency text,
    staff text,
    taken_back_on date,
    credited_at timestamptz not null default clock_timestamp(),
    primary key (account, payment)
  )`,
  'create index payment_credits_day on payment_credits (value_date)',
  'create index payment_credits_person on payment_credits (person)',
);
