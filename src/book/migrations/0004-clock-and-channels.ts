import { step } from './step';

export const clockAndChannels = step(
  `create table clock (
    id integer primary key check (id = 1),
    kind text not null check (kind in ('real', 'rehearsal')),
    epoch timestamptz,
    started timestamptz,
    factor double precision not null check (factor >= 1),
    check ((kind = 'real') = (factor = 1 and epoch is null and started is null) or kind = 'rehearsal')
  )`,
  `insert into clock (id, kind, factor) values (1, 'real', 1)`,
  `create table channels (
    channel text primary key,
    address text not null,
    reach text not null check (reach in ('loopback', 'people'))
  )`,
);
