import type { Rule } from '../rule';
import { chargeOff } from './charge-off';
import { consumers } from './consumers';
import { creditors } from './creditors';
import { accountInformation, otherDates } from './dates';
import { disputes } from './disputes';
import { firstDelinquency, neverForward } from './first-delinquency';
import { historyCodes, historyMoves } from './history';
import { identification } from './identification';
import { paid } from './paid';
import { pastDue } from './past-due';
import { limits, portfolio, rating } from './portfolio';
import { statusOfDays } from './status';

/** Every rule across the fields of one account. */
export const RULES: readonly Rule[] = [
  ...[historyCodes, portfolio, rating],
  ...[firstDelinquency, neverForward, chargeOff, pastDue, accountInformation, otherDates, paid, limits],
  ...[creditors, consumers, identification, disputes, statusOfDays, historyMoves],
];
