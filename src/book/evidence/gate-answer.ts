import type { Transaction } from 'kysely';
import type { GateAnswer, Known } from '../../domain/policy/gate';
import type { Instant } from '../../domain/units';
import type { ReserveRequest } from '../reserve-request';
import type { Tables } from '../tables';
import { keepEvidence, type Kept } from './chain';
import { lawSaid } from './law-said';

export interface Answered {
  readonly request: ReserveRequest;
  /** Whom it was to reach. */
  readonly person: string;
  /** The gate's now. */
  readonly now: Instant;
  readonly answer: GateAnswer;
  readonly known: Known;
  /** The attempt that was let go, or the contact that said it already. */
  readonly attempt: string | null;
  /** The person's other accounts that the contact names. */
  readonly named?: readonly string[];
}

/** What was asked, what was known and what was answered, allow included: a row for the figures, a link for the evidence. */
export async function keepAnswer(tx: Transaction<Tables>, answered: Answered): Promise<void> {
  const { request, person, now } = answered;
  const { account } = request;
  const row = { account, person, at: now, strategy: request.strategy, ...saidOf(answered) };
  await tx.insertInto('gateAnswers').values(row).execute();
  await keepEvidence(tx, person, answerKept(answered));
}

/** The link of the evidence. */
export function answerKept(answered: Answered): Kept {
  const { request, now, answer, known, named = [] } = answered;
  return {
    ...{ kind: 'gate', account: request.account, at: now },
    body: {
      ...saidOf(answered),
      named,
      ...bases(request),
      known: factsKnown(known),
      ...lawSaid(answer, known),
    },
  };
}

function saidOf({ request, answer, attempt }: Answered) {
  const { channel, occurrence } = request;
  const { step, anchor, n } = occurrence;
  return {
    ...{ step, anchor, n, channel, attempt, answer: answer.gate },
    rule: answer.gate === 'allow' ? null : answer.rule,
    until: answer.gate === 'defer' ? answer.until : null,
  };
}

/** By what it was decided, and whose step asked. */
function bases({ strategy, path, segment, tone, askedBy }: ReserveRequest) {
  return {
    strategy,
    path: path ?? null,
    segment: segment ?? null,
    tone: tone ?? null,
    askedBy: askedBy ?? null,
  };
}

function factsKnown({ standing, account, ...known }: Known) {
  const { pastDue, askable, pendingUntil, on } = standing;
  return {
    ...{ on, pastDue, askable, pendingUntil, zone: known.zone, endpoint: known.hasEndpoint },
    ...{ path: known.path, spokenAt: known.spokenAt, refused: known.refused, open: known.open },
    holds: account.holds.map(({ type }) => type),
    partyHolds: (known.partyHolds ?? []).map(({ type }) => type),
    stopped: known.stopped?.rule ?? null,
    wishes: (known.wishes ?? []).map(({ id }) => id),
    attempts: known.attempts.length,
    ...(known.visit === undefined ? {} : { party: known.visit.party.map(({ ref }) => ref) }),
    /** How far the journal had been folded. */
    seq: account.seen.upTo,
  };
}
