import { step } from './step';

/**
 * Offers with what was asked, by whom, and how they were answered; the budget of each role that decides; who stands in
 * for whom. What is given up is reserved by the row itself: a row that is over reserves nothing.
 */
export const offers = step(
  `create table offers (
    id text primary key,
    account text not null references accounts,
    person text not null references people,
    kind text not null,
    asked jsonb not null,
    content_hash text not null,
    asked_by text not null references staff,
    asked_at timestamptz not null,
    rule text,
    status text not null check (status in
      ('asked', 'accept', 'counter', 'needs-approval', 'refuse', 'approved', 'declined', 'withdrawn', 'expired')),
    answer jsonb,
    amount bigint not null default 0 check (amount >= 0),
    best bigint,
    reserved_role text,
    reserved_month text,
    approver text,
    until date,
    decided_by text,
    decided_role text,
    decided_at timestamptz
  )`,
  'create index offers_account on offers (account, asked_at)',
  'create index offers_person on offers (person, asked_at)',
  `create index offers_waiting on offers (until) where status = 'needs-approval'`,
  `create index offers_reserved on offers (reserved_role, reserved_month) where amount > 0`,
);
