import { readFileSync } from 'node:fs';
import { apply } from '../../../src/domain/account/apply';
import { begin } from '../../../src/domain/account/begin';
import type { AccountEvent } from '../../../src/domain/account/events';
import { advance } from '../../../src/domain/decide/advance';
import { record } from '../../../src/domain/decide/record';
import { refold, type Entry } from '../../../src/domain/decide/refold';
import { strategyOf } from '../../../src/domain/strategy/document/compile';
import { at, fresh, owes, pays, TERMS } from '../../support/small-account';

const CARD = strategyOf(readFileSync('strategies/standard-card.yaml', 'utf8'), 'standard-card.yaml');
const ENROLMENT = {
  terms: TERMS,
  facts: { score: 60, worst_bucket_12m: 1 },
  enteredOn: '2026-03-20',
  events: ['03', '04', '05', '06'].map((month) => owes(month, `2026-${month}-25`, 120_000)),
};

/** A life on the card ladder and its journal as activities write it: notes stand before the step that told them. */
function lived(events: readonly AccountEvent[], until: string) {
  let account = begin(ENROLMENT);
  let now = at('2026-03-20', 0);
  const entries: Entry[] = [];
  const ahead = [...events];
  while (now < until) {
    for (let event = ahead[0]; event !== undefined && event.at <= now; event = ahead[0]) {
      account = apply(account, event);
      entries.push({ kind: 'fact', event });
      ahead.shift();
    }
    const advanced = advance(account, CARD, now);
    const { decision } = advanced;
    account = advanced.account;
    if (decision.action.do === 'wait') {
      const wake = decision.action.until ?? until;
      now = ahead[0] !== undefined && ahead[0].at < wake ? ahead[0].at : wake;
    } else if (decision.action.do === 'step') {
      const { occurrence, tone } = decision.action;
      const result = { how: 'done' } as const;
      entries.push(...account.notes.map((note): Entry => ({ kind: 'look', at: note.at })));
      entries.push({ kind: 'decision', at: now, occurrence, tone, why: decision.why, result });
      account = record(account, CARD, decision, result, now);
    } else account = record(account, CARD, decision, null, now);
  }
  return { account, entries };
}

describe('an account folded anew from its journal', () => {
  const events = [
    pays('2026-04-03', 50_000),
    {
      kind: 'promise',
      id: fresh(),
      at: at('2026-04-18', 11),
      promise: 'p',
      amount: 120_000,
      date: '2026-04-22',
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
    } as const,
    {
      kind: 'contact-outcome',
      id: fresh(),
      at: at('2026-05-08', 15),
      code: 'RPC-REF',
      channel: 'call',
      reason: 'no-intention',
    } as const,
  ];

  it('stands where it stood: stages since their own days, steps done, promises judged', () => {
    const { account, entries } = lived(events, at('2026-06-12', 11));
    const again = refold(ENROLMENT, entries, CARD);
    const { stage, stageSince, segment, path, done, broken, promises, marks, counts } = account;
    expect(again).toMatchObject({ stage, stageSince, segment, path, broken, promises, counts });
    expect(again.done).toEqual(done);
    expect(again.marks).toEqual(marks);
  });

  it('takes no step that was taken', () => {
    const { account, entries } = lived(events, at('2026-06-12', 11));
    const now = at('2026-06-12', 11);
    expect(advance(refold(ENROLMENT, entries, CARD), CARD, now).decision).toEqual(
      advance(account, CARD, now).decision,
    );
  });

  it('knows of two facts without a step between them what was settled after the first', () => {
    // Kept before its day, and taken back on the same morning: no activity told the book of either.
    const paid = pays('2026-04-18', 120_000);
    const promised = { ...events[1], at: at('2026-04-17', 11) } as AccountEvent;
    const back = {
      kind: 'reversal',
      id: fresh(),
      at: at('2026-04-18', 23),
      of: paid.id,
      reason: 'returned',
    } as const;
    const told = [promised, paid, back];
    const { account, entries } = lived(told, at('2026-04-18', 24));
    const untilThen = entries.slice(
      0,
      entries.findIndex((entry) => 'event' in entry && entry.event === back) + 1,
    );
    expect(untilThen.slice(-2).map(({ kind }) => kind)).toEqual(['fact', 'fact']);
    const { promises, broken } = account;
    expect(promises).toMatchObject([{ status: 'invalidated' }]);
    expect(refold(ENROLMENT, untilThen, CARD)).toMatchObject({ promises, broken });
  });
});
