import { step } from './step';

/** Who said what volume is unusual, when and why: evidence that is only added to. */
export const volumeRuleActs = step(
  `create table volume_rule_acts (
    id bigint generated always as identity primary key,
    lender text not null,
    channel text not null,
    act text not null check (act in ('set', 'ask', 'confirm')),
    times numeric not null check (times >= 1),
    floor integer not null check (floor >= 0),
    confirms bigint references volume_rule_acts,
    by text not null,
    role text not null,
    why text,
    at timestamptz not null default clock_timestamp(),
    check ((act = 'confirm') = (confirms is not null))
  )`,
  'create index volume_rule_acts_of on volume_rule_acts (lender, channel, id)',
  'create unique index volume_rule_acts_once on volume_rule_acts (confirms)',
  `create trigger volume_rule_acts_rows before update or delete on volume_rule_acts
    for each row execute function append_only()`,
  `create trigger volume_rule_acts_whole before truncate on volume_rule_acts
    for each statement execute function append_only()`,
);
