import type { AccountState } from '../../domain/account/state';
import { instalmentsOf } from '../../domain/agreement/agreement';
import { instalmentNow, judgeAgreement, watchedAgreement } from '../../domain/agreement/judge';
import { totalOf } from '../../domain/ledger/components';
import type { IsoDate } from '../../domain/units';
import type { wording } from './wording';

/** What texts may say of what was agreed. What does not apply is absent, and a text that names it is not used. */
export function agreementValues(
  account: AccountState,
  today: IsoDate,
  say: ReturnType<typeof wording>,
): Record<string, string | number | undefined> {
  const now = instalmentNow(account, today);
  const watched = watchedAgreement(account);
  const repairBy = watched && judgeAgreement(account, watched, today).watched?.repairBy;
  const settlement = (account.agreements ?? []).filter(({ terms }) => terms.kind === 'settlement').at(-1)?.terms;
  const hardship = (account.agreements ?? []).filter(({ terms }) => terms.kind === 'hardship').at(-1)?.terms;
  const parts = settlement === undefined ? [] : instalmentsOf(settlement);
  return {
    instalmentDue: now.nextDue === null ? undefined : say.day(now.nextDue),
    instalmentAmount: now.nextDue === null ? undefined : say.money(now.open),
    instalmentMissing: watched === null ? undefined : say.money(now.missing),
    repairUntil: repairBy ? say.day(repairBy) : undefined,
    ...(settlement?.kind === 'settlement'
      ? {
          settlementAmount: say.money(parts.reduce((sum, { amount }) => sum + amount, 0)),
          settlementDebt: say.money(settlement.debt),
          settlementWaived: say.money(totalOf(settlement.waived)),
          settlementUntil: say.day(parts.at(-1)?.due ?? today),
        }
      : {}),
    ...(hardship?.kind === 'hardship'
      ? { affordable: say.money(hardship.affordable), reviewDate: say.day(hardship.reviewOn) }
      : {}),
  };
}
