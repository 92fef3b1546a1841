import { lastOf } from '../index-ledger';
import type { Moment } from '../moment';
import { afterPeriod, sayPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { RetentionRule } from '../rule';
import { ALLOW, block, review, wait, type Verdict } from '../verdict';
import { hasHappened, ofAccount } from './hold';

/** How long a kind of record must be kept (asked by `delete-record`) and may be kept (asked by `keep-record`). */
export function judgeRetention(rule: RetentionRule, request: PolicyRequest, on: Moment): Verdict {
  const { record } = request;
  if (record === null) return review('which record is not known');
  if (!rule.records.includes(record.kind)) return ALLOW;
  const from = startOf(rule, Date.parse(record.at), request, on);
  if (request.action === 'keep-record') {
    if (rule.atMost === null || from === null) return ALLOW;
    return on.ms < afterPeriod(from, rule.atMost, on)
      ? ALLOW
      : block(`kept longer than ${sayPeriod(rule.atMost)}`);
  }
  if (rule.untilEvent !== null && !hasHappened(rule.untilEvent, request, on))
    return block(`no ${rule.untilEvent.join(' or ')} yet`);
  if (rule.atLeast === null) return ALLOW;
  if (from === null) return block('its time has not begun');
  const free = afterPeriod(from, rule.atLeast, on);
  return on.ms < free ? wait(free, `kept for ${sayPeriod(rule.atLeast)}`) : ALLOW;
}

/** When the time began: with the record itself, or with the last of what the rule counts from. */
function startOf(rule: RetentionRule, recordMs: number, request: PolicyRequest, on: Moment): number | null {
  if (rule.starts === 'record') return recordMs;
  const last = lastOf(on.ledger, rule.starts, on.ms, ofAccount(request));
  return last > -Infinity ? last : null;
}
