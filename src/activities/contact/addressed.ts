import { foldAt } from '../../book/fold';
import { readClock } from '../../book/clock';
import type { Db } from '../../book/open-book';
import { partiesOf, type PartyRow } from '../../book/parties';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import { addressees } from '../../domain/party/addressed';
import type { Step } from '../../domain/strategy/strategy';
import type { Asked } from '../asked';

/** Everybody the step speaks to, each asked for by itself. Empty where nobody stands in the role. */
export async function addressed(db: Db, asked: Asked): Promise<readonly Asked[]> {
  const { account, step, request } = asked;
  const others = (await partiesOf(db, account.ref)).filter(({ role }) => role !== 'main');
  if (step.to === undefined && !others.some(({ role }) => role === 'joint')) return [asked];
  const { partyHolds = [] } = await foldAt(db, account, await readClock(db), request.now);
  const day = localDate(request.now, account.zone);
  return addressees(step, account.person, others, partyHolds, day).map((person) =>
    person === account.person ? asked : { ...asked, addressee: person, ...asHeir(step, person, others) },
  );
}

function asHeir({ to }: Step, person: string, others: readonly PartyRow[]): Pick<Asked, 'heir'> {
  const heir = others.find((one) => one.role === 'heir' && one.person === person);
  return to !== 'heir' || heir === undefined ? {} : { heir: { estate: heir.estate } };
}

/** What waits or failed counts before what was done: a step is done when everybody has it. */
const HARDEST = ['deferred', 'not-sent', 'refused', 'unknown', 'done'] as const;

/** One result of a step that spoke to several. Asked again it goes on with whoever has it not. */
export function together(results: readonly StepResult[]): StepResult {
  const order = (result: StepResult): number => HARDEST.indexOf(result.how);
  const [first] = [...results].sort((a, b) => order(a) - order(b) || compareUntil(a, b));
  return first ?? { how: 'not-sent', rule: 'no-party' };
}

function compareUntil(one: StepResult, other: StepResult): number {
  if (one.how !== 'deferred' || other.how !== 'deferred') return 0;
  return one.until < other.until ? -1 : 1;
}
