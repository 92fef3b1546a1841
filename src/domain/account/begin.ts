import { instantOf } from '../calendar/zone';
import { GENERATION } from '../decide/generation';
import { apply } from './apply';
import type { Enrolment } from './enrolment';
import type { AccountState } from './state';

/**
 * The account as the engine takes it over. Nothing before the day of entry is considered any more.
 * `generation` is that of the run that begins.
 */
export function begin(enrolment: Enrolment, generation: number = GENERATION): AccountState {
  const { terms, facts, enteredOn, events } = enrolment;
  const fresh: AccountState = {
    v: 1,
    generation,
    terms,
    facts,
    owed: { host: null, obligations: [], movements: [] },
    disputes: [],
    holds: [],
    promises: [],
    broken: [],
    episode: null,
    segment: null,
    path: null,
    stage: null,
    stageSince: null,
    enteredOn,
    done: {},
    cursor: { at: instantOf(enteredOn, '00:00', terms.zone), names: [] },
    deferred: [],
    open: [],
    marks: {},
    counts: { contacts: 0, rpc: 0, visits: 0, unanswered: 0 },
    writtenOff: false,
    closed: null,
    seen: { upTo: 0, beyond: [], ids: [] },
    notes: [],
  };
  return events.reduce(apply, fresh);
}
