import type { ErrorText } from './error-text';

/** Errors of route files and of visits that no tour can make. */
export const route = {
  ROUTE_SECTION: {
    says: 'The route file has not {wanted}',
    do: 'Write it as docs/visits.md shows: VEHICLE, then CUSTOMER with the depot first.',
  },
  ROUTE_ROW: { says: 'The row has {found} fields', do: 'It wants: {wanted}.' },
  ROUTE_NUMBER: {
    says: '{field} is no number that can be used',
    do: 'Write it with digits, below a billion.',
  },
  ROUTE_NEGATIVE: { says: '{field} is below zero', do: 'Only coordinates may be.' },
  ROUTE_NO_VEHICLE: { says: 'There is no whole vehicle', do: 'Give at least one.' },
  ROUTE_DEPOT: {
    says: 'The first place is not the depot',
    do: 'Put the place with the number 0 first: every vehicle starts and ends there.',
  },
  ROUTE_TWICE: { says: '{id} is there already, on line {line}', do: 'Give each visit an id of its own.' },
  ROUTE_WINDOW: {
    says: 'The window of {id} is impossible: it opens at {opens} and closes at {closes}',
    do: 'A window closes no earlier than it opens.',
  },
  ROUTE_DOCUMENT: { says: '"{key}" is not right: {reason}', do: 'Write it as docs/visits.md shows.' },
  ROUTE_COLUMN: {
    says: 'The table of visits has {what}',
    do: 'Its columns: id, latitude, longitude, and if wanted from, until, minutes, weight, only.',
  },
  ROUTE_TEAMS_MISSING: {
    says: 'A table of visits names no teams',
    do: 'Name the document of the day with --teams; docs/visits.md shows one.',
  },
  ROUTE_TOO_LARGE: {
    says: '{visits} visits are too many for one day',
    do: 'Plan at most {most} together: split them by town.',
  },
  VISIT_PLACE: {
    says: 'The row is not right: {reason}',
    do: 'Columns: who, latitude, longitude, and if wanted address, kind, verified_on, off_limits. Nothing was kept.',
  },
  VISIT_NO_ADDRESS: {
    says: 'There is no such usable address of {who}',
    do: 'Add it with `forbear person reach`, or give the column address as the book has it. Nothing was kept.',
  },
  VISIT_BARRED: { says: 'The gate says no to {id}: {rule}', do: 'It stays open; look at the account.' },
  VISIT_NO_PLACE: {
    says: 'Where {id} is to be made is not known',
    do: 'Give the coordinates of the address with `forbear visits places`.',
  },
  ROUTE_NO_TEAM: {
    says: 'There is no team for {id}',
    do: 'Name a team that works on the day, or leave the choice open.',
  },
  ROUTE_TOO_MUCH: {
    says: '{id} is more than any team can take',
    do: 'Raise the capacity, or split the visit.',
  },
  ROUTE_TOO_FAR: {
    says: 'No team can be at {id} before its window closes',
    do: 'Move the window, or let a team start earlier or nearer.',
  },
  ROUTE_BACK_TOO_LATE: {
    says: 'No team could be back in its hours after {id}',
    do: 'Let a team work longer, or move the window.',
  },
  ROUTE_NO_ROOM: {
    says: 'There is no room for {id} beside the other visits',
    do: 'Plan it for another day, or add a team.',
  },
} as const satisfies Record<string, ErrorText>;
