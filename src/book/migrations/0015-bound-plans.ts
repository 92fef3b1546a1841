import { step } from './step';

/**
 * Plans that bind: what the plan of a day decided about each piece of work above capacity. A plan is written first and
 * put in force at once, so that half a plan never binds anybody; an earlier one of the day stays, out of force.
 */
export const boundPlans = step(
  `create table plans (
    id text primary key,
    lender text not null,
    day date not null,
    begins timestamptz not null,
    ends timestamptz not null,
    decided_by text not null,
    role text,
    why text not null,
    made_at timestamptz not null default clock_timestamp(),
    body jsonb not null,
    in_force boolean not null default false,
    replaced_at timestamptz,
    check (begins < ends)
  )`,
  'create unique index plans_in_force on plans (lender, day) where in_force',
  `create table plan_cuts (
    account text not null references accounts,
    step text not null,
    anchor date not null,
    n integer not null,
    plan text not null references plans,
    channel text not null,
    queue text,
    became text not null check (became in ('fall-back', 'moved', 'left-out')),
    instead text,
    why text not null,
    gain double precision not null,
    currency text not null,
    primary key (account, step, anchor, n, plan),
    check ((became = 'fall-back') = (instead is not null))
  )`,
  'create index plan_cuts_plan on plan_cuts (plan)',
);
