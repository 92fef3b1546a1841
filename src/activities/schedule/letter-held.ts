import type { Transaction } from 'kysely';
import { readClock } from '../../book/clock';
import { noteTextHeld } from '../../book/evidence/text-held';
import { foldAt } from '../../book/fold';
import type { LetterDraft } from '../../book/letters';
import { personOf } from '../../book/people';
import { forbiddenText } from '../../book/policy/forbidden';
import type { Tables } from '../../book/tables';
import { openTask } from '../../book/tasks';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import type { Asked } from '../asked';

/** A letter that says what a pack forbids is given to nobody to post: a person is asked instead. Null: it may be. */
export async function letterHeld(
  tx: Transaction<Tables>,
  asked: Asked,
  { person, subject, body, templateHash }: Omit<LetterDraft, 'task'>,
): Promise<StepResult | null> {
  const { account: row, strategy, request } = asked;
  const { now } = request;
  const { zone } = await personOf(tx, person);
  const account = await foldAt(tx, row, await readClock(tx), now);
  const text = `${subject ?? ''}\n${body ?? ''}`;
  const found = await forbiddenText(tx, { strategy, row, account, zone, channel: 'letter', now, text });
  if (found === null) return null;
  const rule = `policy:${found.rule}`;
  await noteTextHeld(tx, person, { account: row.ref, at: now, attempt: null, hash: templateHash, found });
  await openTask(tx, {
    ...{ kind: 'task', account: row.ref, person, occurrence: request.occurrence, action: 'review-contact' },
    ...{ queue: 'supervisor', onDate: localDate(now, row.zone), due: now },
    inputs: { channel: 'letter', rule, why: request.why },
  });
  return { how: 'refused', rule: `review:${rule}` };
}
