import { step } from './step';

/** What bureaus are told: settings, who people are, how accounts stood, what each file said, and what came back. */
export const bureauFiles = step(
  `create table bureau_reportings (
    name text primary key,
    lender text not null,
    document text not null,
    settings jsonb not null,
    rules jsonb not null,
    changed_at timestamptz not null default now(),
    stopped_at timestamptz
  )`,
  'create index bureau_reportings_lender on bureau_reportings (lender) where stopped_at is null',
  `create table identities (
    person text primary key references people,
    body jsonb not null,
    changed_at timestamptz not null default now()
  )`,
  `create table bureau_snapshots (
    reporting text not null references bureau_reportings,
    account text not null references accounts,
    month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    body jsonb not null,
    made_at timestamptz not null default now(),
    primary key (reporting, month, account)
  )`,
  ...['rows:before update or delete:for each row', 'whole:before truncate:for each statement'].map((one) => {
    const [name, when, each] = one.split(':');
    return `create trigger bureau_snapshots_${name} ${when} on bureau_snapshots ${each}
      execute function append_only()`;
  }),
  `create table bureau_files (
    id text primary key,
    no integer generated always as identity unique,
    reporting text not null references bureau_reportings,
    month text not null,
    n integer not null check (n >= 0),
    on_date date not null,
    since date not null,
    status text not null default 'open' check (status in ('open', 'made', 'sent', 'nothing')),
    name text not null,
    length integer,
    records integer,
    aside integer,
    bytes bigint,
    hash text,
    opened_at timestamptz not null default now(),
    made_at timestamptz,
    sent_at timestamptz,
    unique (reporting, month, n)
  )`,
  `create table bureau_told (
    file text not null references bureau_files,
    account text not null references accounts,
    state text not null check (state in ('in', 'aside')),
    fields jsonb,
    told jsonb,
    length integer,
    corrects boolean not null default false,
    codes jsonb,
    why jsonb not null default '[]',
    primary key (file, account)
  )`,
  'create index bureau_told_account on bureau_told (account)',
  // What was sent was sent: its rows stay as the file had them.
  `create function bureau_told_sent() returns trigger language plpgsql as $$
    begin
      if exists (select from bureau_files where id = old.file and status = 'sent') then
        raise exception 'what a bureau was sent is not changed';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`,
  `create trigger bureau_told_rows before update or delete on bureau_told
    for each row execute function bureau_told_sent()`,
  `create table bureau_queue (
    id integer generated always as identity primary key,
    reporting text not null references bureau_reportings,
    account text not null references accounts,
    kind text not null check (kind in
      ('figures', 'dispute', 'resolved', 'notice', 'delete', 'fraud', 'rejected')),
    reason text not null,
    at timestamptz not null,
    made_at timestamptz not null default now(),
    handled_by text,
    unique (reporting, account, kind, reason)
  )`,
  'create index bureau_queue_open on bureau_queue (reporting, id) where handled_by is null',
  'create index bureau_queue_account on bureau_queue (account)',
  `create table bureau_answers (
    file text not null references bureau_files,
    account text not null references accounts,
    result text not null check (result in ('accepted', 'rejected')),
    code text,
    at timestamptz not null,
    primary key (file, account)
  )`,
);
