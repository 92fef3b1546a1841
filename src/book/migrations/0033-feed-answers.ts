import { step } from './step';

/** What people said of files of a watched folder that were refused: that they are to be taken again, and who answers. */
export const feedAnswers = step(
  `create table feed_answers (
    id bigint generated always as identity primary key,
    watch text not null references feed_watches,
    feed text not null references feeds,
    file text not null,
    let_leave_by text,
    same_by text,
    answered_at timestamptz not null default clock_timestamp(),
    fetched_at timestamptz
  )`,
  'create index feed_answers_open on feed_answers (watch) where fetched_at is null',
  'create index feed_answers_feed on feed_answers (feed)',
);
