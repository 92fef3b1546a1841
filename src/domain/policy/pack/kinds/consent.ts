import { latest } from '../index-ledger';
import type { DatedHappening } from '../ledger';
import type { Moment } from '../moment';
import { afterPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { ConsentRule } from '../rule';
import { ALLOW, block, review, type Verdict } from '../verdict';

/** A separate consent is more than an express one. Written may be either, and proves itself. */
const RANK: Readonly<Record<ConsentRule['form'], number>> = { any: 0, express: 1, separate: 2, written: 3 };
const GIVEN: Readonly<Record<string, number>> = { oral: 0, express: 1, separate: 2, written: 3 };

/** The person's leave where a rule wants it, and the person's no wherever it was said. The last word stands. */
export function judgeConsent(rule: ConsentRule, request: PolicyRequest, on: Moment): Verdict {
  if (rule.optOut) {
    const said = standingOptOut(request, on);
    if (said !== null) return said;
  }
  if (rule.needs === null) return ALLOW;
  const last = latest(
    on.ledger.of('consent'),
    on.ms,
    (one) => one.about === rule.needs && isFor(one, request),
  );
  if (last === null) return block(`no consent for ${rule.needs}`);
  if (last.says !== 'given') return block(`consent for ${rule.needs} was refused`);
  if ((GIVEN[last.form ?? 'oral'] ?? 0) < RANK[rule.form]) return block(`the consent is not ${rule.form}`);
  if (rule.lasts !== null && on.ms >= afterPeriod(last.ms, rule.lasts, on))
    return block('the consent is too old');
  return ALLOW;
}

/** Only what was said of another endpoint, channel or account does not count. */
function isFor(said: DatedHappening, request: PolicyRequest): boolean {
  return (
    same(said.endpoint, request.endpoint) &&
    same(said.channel, request.channel) &&
    same(said.account, request.account)
  );
}

const same = (said: string | null, asked: string | null): boolean =>
  said === null || asked === null || said === asked;

/** An opt-out stands until its day or until the person says yes to this very endpoint, channel or all contact again. */
function standingOptOut(request: PolicyRequest, on: Moment): Verdict | null {
  const said = latest(
    on.ledger.of('opt-out'),
    on.ms,
    (one) => covers(one, request) && (one.until === null || on.ms <= Date.parse(one.until)),
  );
  if (said === null) return null;
  const back = latest(
    on.ledger.of('consent'),
    on.ms,
    (one) => one.says === 'given' && one.about === 'contact' && isFor(one, request),
  );
  if (back !== null && back.ms > said.ms) return null;
  const scope = said.scope ?? 'all';
  return scope === 'endpoint' && request.endpoint === null
    ? review('an endpoint was refused, and which one this is nobody knows')
    : block(`opted out of ${scope === 'all' ? 'all contact' : `this ${scope}`}`);
}

function covers(said: DatedHappening, { endpoint, channel }: PolicyRequest): boolean {
  if (said.scope === 'endpoint') return same(said.endpoint, endpoint);
  return said.scope === 'channel' ? same(said.channel, channel) : true;
}
