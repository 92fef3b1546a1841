import type { Migration } from 'kysely';
import { peopleAndAccounts } from './0001-people-and-accounts';
import { journal } from './0002-journal';
import { contactLedger } from './0003-contact-ledger';
import { clockAndChannels } from './0004-clock-and-channels';
import { workAndCases } from './0005-work-and-cases';
import { letters } from './0006-letters';
import { feeds } from './0007-feeds';
import { paymentCredits } from './0008-payment-credits';
import { switches } from './0009-switches';
import { parties } from './0010-parties';
import { morning } from './0011-morning';
import { bureauCorrections } from './0012-bureau-corrections';
import { paymentsBeforeUs } from './0012-payments-before-us';
import { feedWatches } from './0013-feed-watches';
import { boundPlans } from './0015-bound-plans';
import { morningSums } from './0015-morning-sums';
import { volumeRuleActs } from './0016-volume-rule-acts';
import { visits } from './0018-visits';
import { evidence } from './0020-evidence';
import { sameAgain } from './0021-same-again';
import { agencyContacts } from './0022-agency-contacts';
import { owners } from './0024-owners';
import { lenderEndpoints } from './0025-lender-endpoints';
import { mandatesAndEstates } from './0025-mandates-and-estates';
import { policyPacks } from './0026-policy-packs';
import { offers } from './0030-offers';
import { authority } from './0031-authority';
import { bureauFiles } from './0032-bureau-files';
import { feedAnswers } from './0033-feed-answers';
import { hostDueMoves } from './0034-host-due-moves';
import { secondPersons } from './0035-second-persons';
import { payouts } from './0037-payouts';
import { wishes } from './0039-wishes';
import { gateAtOnce } from './0041-gate-at-once';
import { agreementIndex } from './0046-agreement-index';

/** Every step of the book's schema. Named here, not found by looking into a folder, so that a build has them too. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-people-and-accounts': peopleAndAccounts,
  '0002-journal': journal,
  '0003-contact-ledger': contactLedger,
  '0004-clock-and-channels': clockAndChannels,
  '0005-work-and-cases': workAndCases,
  '0006-letters': letters,
  '0007-feeds': feeds,
  '0008-payment-credits': paymentCredits,
  '0009-switches': switches,
  '0010-parties': parties,
  '0011-morning': morning,
  '0012-bureau-corrections': bureauCorrections,
  '0012-payments-before-us': paymentsBeforeUs,
  '0013-feed-watches': feedWatches,
  '0015-bound-plans': boundPlans,
  '0015-morning-sums': morningSums,
  '0016-volume-rule-acts': volumeRuleActs,
  '0018-visits': visits,
  '0020-evidence': evidence,
  '0021-same-again': sameAgain,
  '0022-agency-contacts': agencyContacts,
  '0024-owners': owners,
  '0025-lender-endpoints': lenderEndpoints,
  '0025-mandates-and-estates': mandatesAndEstates,
  '0026-policy-packs': policyPacks,
  '0030-offers': offers,
  '0031-authority': authority,
  '0032-bureau-files': bureauFiles,
  '0033-feed-answers': feedAnswers,
  '0034-host-due-moves': hostDueMoves,
  '0035-second-persons': secondPersons,
  '0037-payouts': payouts,
  '0039-wishes': wishes,
  '0041-gate-at-once': gateAtOnce,
  '0046-agreement-index': agreementIndex,
};
