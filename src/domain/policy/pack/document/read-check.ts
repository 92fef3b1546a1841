import { ForbearError } from '../../../errors/forbear-error';
import type { Instant } from '../../../units';
import type { Attempt, Happening, Ledger } from '../ledger';
import type { PolicyRequest, Waived } from '../request';
import { checkSchema, type CheckDocument } from './check.schema';
import { readShape } from './read';

/** A request with all that is needed to answer it. */
export interface Check {
  readonly title: string | null;
  readonly packs: readonly string[];
  readonly now: Instant;
  readonly request: PolicyRequest;
  readonly ledger: Ledger;
  readonly expect: {
    readonly answer: string;
    readonly until: Instant | null;
    readonly rules: readonly string[];
  } | null;
}

/** Reads one request document. Throws its first error (POLICY_YAML, POLICY_KEY_UNKNOWN …) with file, line and column. */
export function readCheck(text: string, file: string): Check {
  const { document, problems } = readShape(checkSchema, text, file);
  const [first] = problems;
  if (first !== undefined) throw new ForbearError(first.code, first.args, first.where);
  if (document === null) throw new ForbearError('POLICY_YAML', { reason: 'it is empty' }, { file });
  const ledger = document.ledger ?? [];
  return {
    title: document.title ?? null,
    packs: document.packs,
    now: moment(document.now),
    request: requestOf(document.request),
    ledger: {
      attempts: ledger.flatMap((entry) => ('attempt' in entry ? attemptsOf(entry, document.request) : [])),
      happenings: ledger.flatMap((entry) => ('event' in entry ? [happeningOf(entry)] : [])),
    },
    expect:
      document.expect === undefined
        ? null
        : {
            answer: document.expect.answer,
            until: document.expect.until === undefined ? null : moment(document.expect.until),
            rules: document.expect.rules ?? [],
          },
  };
}

const moment = (written: string): Instant => new Date(written).toISOString();
const orNull = <T>(value: T | undefined): T | null => value ?? null;

type WrittenRequest = CheckDocument['request'];
type Entry = NonNullable<CheckDocument['ledger']>[number];
type WrittenAttempt = Extract<Entry, { attempt: unknown }>;
type WrittenHappening = Extract<Entry, { event: unknown }>;

function requestOf(written: WrittenRequest): PolicyRequest {
  return {
    action: written.action ?? 'contact',
    role: orNull(written.role),
    product: orNull(written.product),
    channel: orNull(written.channel),
    party: orNull(written.party),
    place: orNull(written.place),
    purpose: orNull(written.purpose),
    account: orNull(written.account),
    person: orNull(written.person),
    creditor: orNull(written.creditor),
    agent: orNull(written.agent),
    endpoint: orNull(written.endpoint),
    reached: orNull(written.reached),
    endpointSource: orNull(written.endpoint_source),
    endpointKind: orNull(written.endpoint_kind),
    zones: written.zones ?? [],
    staff: orNull(written.staff),
    recording: orNull(written.recording),
    disclosures: orNull(written.disclosures),
    tellsOfDebt: orNull(written.tells_of_debt),
    text: orNull(written.text),
    means: written.means ?? [],
    waivers: waivers(written.waivers),
    facts: written.facts ?? {},
    agency:
      written.agency === undefined
        ? null
        : {
            name: written.agency.name,
            facts: written.agency.facts ?? {},
            reviewedAt: written.agency.reviewed_at === undefined ? null : moment(written.agency.reviewed_at),
          },
    record:
      written.record === undefined ? null : { kind: written.record.kind, at: moment(written.record.at) },
  };
}

function waivers(written: WrittenRequest['waivers']): readonly Waived[] {
  return (written ?? []).map(({ by, at, evidence }) => {
    return { by, at: at === undefined ? null : moment(at), evidence: orNull(evidence) };
  });
}

/** `times: 3` stands for three alike, a minute apart. The account and the person are the request's where left out. */
function attemptsOf(entry: WrittenAttempt, request: WrittenRequest): readonly Attempt[] {
  const start = Date.parse(entry.at);
  return Array.from({ length: entry.times ?? 1 }, (_, n) => ({
    at: new Date(start + n * 60_000).toISOString(),
    channel: entry.attempt,
    outcome: entry.outcome ?? 'unknown',
    account: entry.account ?? orNull(request.account),
    person: entry.person ?? orNull(request.person),
    endpoint: orNull(entry.endpoint),
    place: orNull(entry.place),
    creditor: orNull(entry.creditor),
    agent: orNull(entry.agent),
    party: entry.party ?? 'debtor',
    reached: orNull(entry.reached),
    purpose: orNull(entry.purpose),
    reserved: entry.reserved ?? false,
    waivers: waivers(entry.waivers),
  }));
}

function happeningOf(entry: WrittenHappening): Happening {
  const { not } = entry;
  return {
    at: moment(entry.at),
    event: entry.event,
    account: orNull(entry.account),
    person: orNull(entry.person),
    endpoint: orNull(entry.endpoint),
    channel: orNull(entry.channel),
    about: orNull(entry.about),
    says: orNull(entry.says),
    form: orNull(entry.form),
    scope: orNull(entry.scope),
    until: entry.until === undefined ? null : moment(entry.until),
    not:
      not === undefined
        ? null
        : {
            days: orNull(not.days),
            from: not.from ?? '00:00',
            to: not.to ?? '24:00',
            places: orNull(not.places),
            channels: orNull(not.channels),
          },
  };
}
