import type { Transaction } from 'kysely';
import type { AccountState } from '../../domain/account/state';
import { localDate } from '../../domain/calendar/zone';
import { standing } from '../../domain/delinquency/standing';
import type { PolicyAnswer } from '../../domain/policy/pack/answer';
import { decide } from '../../domain/policy/pack/decide';
import { lookBackFor } from '../../domain/policy/pack/look-back';
import type { AgencyFacts, PolicyRequest } from '../../domain/policy/pack/request';
import { packsFor, packsMissing } from '../../domain/policy/pack/select';
import type { Action } from '../../domain/policy/pack/words';
import type { PolicyUse } from '../../domain/policy/use';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Instant, Scalar } from '../../domain/units';
import type { AccountRow } from '../accounts';
import { readClock } from '../clock';
import { keepEvidence } from '../evidence/chain';
import { actionSaid } from '../evidence/law-said';
import { foldAt } from '../fold';
import { personOf } from '../people';
import { strategyByHash } from '../strategies';
import { jurisdictionsOf } from '../switches';
import type { Tables } from '../tables';
import { servedBy } from './ask';
import { NOTHING } from './happenings';
import { ledgerOf, ledgerReads, sinceOf, type LedgerRead, type LedgerWanted } from './ledger';
import { brokenPlans, debtDays } from './of-account';
import { packsFrom } from './packs';

type Tx = Transaction<Tables>;

/** Something other than a contact that a law may stand against: a placement, a suit, a report to a bureau. */
export interface ActionAsked {
  readonly action: Action;
  readonly row: AccountRow;
  readonly now: Instant;
  /** Of a placement: the agency by name; null: nobody has named it. */
  readonly agency?: string | null;
  /** A person has decided on it: what weighs heavily is not a machine's to decide. */
  readonly decided?: boolean;
  /** Who answers for what the packs cannot know; opaque. A refusal nobody can answer for. */
  readonly vouchedBy?: string | null;
  readonly facts?: Readonly<Record<string, Scalar>>;
  /** Evidence that it concerns, such as a case. */
  readonly about?: string;
}

export interface ActionAnswer {
  readonly answer: PolicyAnswer['answer'];
  /** Whether it may go on: allowed, or not known and vouched for. */
  readonly may: boolean;
  /** The rule that speaks against it; null where it may without anybody's word. */
  readonly rule: string | null;
  readonly why: string | null;
  readonly until: Instant | null;
}

/**
 * Asks the packs of the account's strategy about an action, and keeps question and answer in the person's chain of
 * evidence, in the transaction that does it. Null where the strategy names no packs.
 */
export async function askAction(tx: Tx, asked: ActionAsked): Promise<ActionAnswer | null> {
  const { row, now, action, vouchedBy = null, about = null } = asked;
  const strategy = await strategyByHash(tx, row.strategy);
  if (strategy.policy === undefined) return null;
  const account = await foldAt(tx, row, await readClock(tx), now);
  const found = await answerOf(tx, asked, { account, strategy, use: strategy.policy });
  const may = found.answer === 'allow' || (found.answer === 'review' && vouchedBy !== null);
  const { law, ...said } = found;
  await keepEvidence(tx, row.person, {
    ...{ kind: 'action', account: row.ref, at: now },
    body: { action, about, ...said, may, vouchedBy, agency: asked.agency ?? null, ...actionSaid(law) },
  });
  return { ...said, may };
}

interface Under {
  readonly account: AccountState;
  readonly strategy: Strategy;
  readonly use: PolicyUse;
}

type Found = Omit<ActionAnswer, 'may'> & { readonly law: PolicyAnswer | null };

async function answerOf(tx: Tx, asked: ActionAsked, { account, strategy, use }: Under): Promise<Found> {
  const { row, now } = asked;
  const known = await packsFrom(tx, localDate(now, row.zone));
  const [missing] = packsMissing(known, use.packs);
  if (missing !== undefined)
    return { answer: 'review', rule: `not-published:${missing}`, why: null, until: null, law: null };
  const { zone } = await personOf(tx, row.person);
  const packs = packsFor(known, use.packs, jurisdictionsOf([row.zone, zone], account));
  const request = requestOf(asked, account, use);
  const look = lookBackFor(packs, request);
  const { pastDue, oldestDue } = standing(account, strategy.counting, localDate(now, row.zone));
  const defaulted = pastDue > 0 ? oldestDue : null;
  const decided = {
    ...NOTHING,
    at: now,
    event: 'human-decision' as const,
    account: row.ref,
    person: row.person,
  };
  const more = [
    ...brokenPlans(account, row.person, now),
    ...debtDays(account, row.person, now, defaulted),
    ...(asked.decided === true ? [decided] : []),
  ].filter(({ event }) => look.happenings.has(event));
  const serves = servedBy(strategy);
  const read = await readLedger(tx, {
    ...{ person: row.person, since: sinceOf(now, look), folded: [], notices: [...serves.keys()] },
    firstContacts: look.happenings.has('initial-communication'),
  });
  const ledger = ledgerOf(read, {
    ...{ person: row.person, lender: row.lender, now, look, use, serves, more },
  });
  const law = decide(request, packs, ledger, now);
  const { answer, until } = law;
  const spoke = answer === 'allow' ? undefined : law.rules.find(({ says }) => says === answer);
  return {
    answer,
    rule: spoke?.rule ?? (answer === 'allow' ? null : 'unknown'),
    why: spoke?.why ?? spoke?.sentence ?? null,
    until,
    law,
  };
}

function requestOf(
  { action, row, agency, facts = {} }: ActionAsked,
  account: AccountState,
  use: PolicyUse,
): PolicyRequest {
  return {
    ...{ action, role: use.role, product: row.product, account: row.ref, person: row.person },
    ...{
      channel: null,
      party: 'debtor',
      place: null,
      purpose: null,
      creditor: row.lender,
      agent: row.lender,
    },
    ...{ endpoint: null, reached: null, endpointSource: null, endpointKind: null, zones: [] },
    ...{
      staff: null,
      recording: null,
      disclosures: null,
      tellsOfDebt: null,
      text: null,
      means: [],
      waivers: [],
    },
    facts: { ...account.facts, ...facts },
    agency: agency === undefined || agency === null ? null : agencyOf(agency, use),
    record: null,
  };
}

async function readLedger(tx: Tx, wanted: LedgerWanted): Promise<LedgerRead> {
  const of = ledgerReads(tx, wanted);
  return {
    said: await of.said.execute(),
    consents: await of.consents.execute(),
    invalid: await of.invalid.execute(),
    first: await of.first.execute(),
    sent: await of.sent.execute(),
    told: await of.told.execute(),
    made: await of.made.execute(),
  };
}

/** What the lender answers for of an agency; what is not said of it is not known. */
function agencyOf(name: string, { agencies = {} }: PolicyUse): AgencyFacts {
  const said = agencies[name];
  return {
    name,
    facts: Object.fromEntries((said?.is ?? []).map((one) => [one, true])),
    reviewedAt: said?.reviewed === undefined ? null : `${said.reviewed}T00:00:00.000Z`,
  };
}
