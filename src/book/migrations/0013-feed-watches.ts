import { step } from './step';

/** Folders in which a lender's files arrive: the settings as they were given, and what was seen at the last look. */
export const feedWatches = step(
  `create table feed_watches (
    name text primary key,
    lender text not null,
    folder text not null,
    document text not null,
    mappings jsonb not null,
    changed_at timestamptz not null default clock_timestamp(),
    stopped_at timestamptz,
    looked_at timestamptz,
    seen jsonb
  )`,
  'create unique index feed_watches_folder on feed_watches (folder) where stopped_at is null',
);
