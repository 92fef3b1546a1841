import type { Moment } from '../moment';
import { afterPeriod, sayPeriod } from '../period';
import type { PolicyRequest } from '../request';
import type { AgencyRule } from '../rule';
import { ALLOW, block, review, type Verdict } from '../verdict';

/** What an agency must be before it gets an account: listed, published, reviewed in time … Unknown is asked about. */
export function judgeAgency(rule: AgencyRule, { agency }: PolicyRequest, on: Moment): Verdict {
  if (agency === null) return review('which agency is not known');
  for (const wanted of rule.wants) {
    const found = agency.facts[wanted];
    if (found === undefined) return review(`whether it is ${wanted} is not known`);
    if (!found) return block(`it is not ${wanted}`);
  }
  if (rule.reviewedWithin === null) return ALLOW;
  if (agency.reviewedAt === null) return review('when it was reviewed is not known');
  const reviewed = Date.parse(agency.reviewedAt);
  return on.ms < afterPeriod(reviewed, rule.reviewedWithin, on)
    ? ALLOW
    : block(`last reviewed more than ${sayPeriod(rule.reviewedWithin)} ago`);
}
