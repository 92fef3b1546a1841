import { judgeAgency } from './kinds/agency';
import { judgeCap } from './kinds/cap';
import { judgeClock } from './kinds/clock';
import { judgeConduct } from './kinds/conduct';
import { judgeConsent } from './kinds/consent';
import { judgeCooldown } from './kinds/cooldown';
import { judgeDeadline } from './kinds/deadline';
import { judgeGate } from './kinds/gate';
import { judgeHold } from './kinds/hold';
import { judgePreference } from './kinds/preference';
import { judgeRetention } from './kinds/retention';
import { judgeThirdParty } from './kinds/third-party';
import { judgeWindow } from './kinds/window';
import type { Moment } from './moment';
import { UnknownYear } from './period';
import type { PolicyRequest } from './request';
import type { Rule } from './rule';
import { ALLOW, review, type Verdict } from './verdict';
import { isWaived } from './waived';

/** What one rule says of a request at a moment. A day that no table knows is asked of a human. */
export function judge(rule: Rule, request: PolicyRequest, on: Moment): Verdict {
  try {
    if (isWaived(rule.waivedBy, request.waivers, on.ms, on)) return ALLOW;
    const verdict = byKind(rule, request, on);
    return rule.asks && verdict.says !== 'allow' ? review(verdict.why) : verdict;
  } catch (error) {
    if (error instanceof UnknownYear) return review(`no table has the holidays of ${error.year}`);
    throw error;
  }
}

function byKind(rule: Rule, request: PolicyRequest, on: Moment): Verdict {
  switch (rule.kind) {
    case 'window':
      return judgeWindow(rule, request, on);
    case 'cap':
      return judgeCap(rule, request, on);
    case 'cooldown':
      return judgeCooldown(rule, request, on);
    case 'third-party':
      return judgeThirdParty(rule, request, on);
    case 'consent':
      return judgeConsent(rule, request, on);
    case 'preference':
      return judgePreference(rule, request, on);
    case 'hold':
      return judgeHold(rule, request, on);
    case 'gate':
      return judgeGate(rule, request, on);
    case 'deadline':
      return judgeDeadline(rule, request, on);
    case 'conduct':
      return judgeConduct(rule, request);
    case 'retention':
      return judgeRetention(rule, request, on);
    case 'clock':
      return judgeClock(rule, request, on);
    case 'agency':
      return judgeAgency(rule, request, on);
  }
}
