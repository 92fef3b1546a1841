import type { Instant } from '../units';

/** What can be stopped. `everything` has no value; each other names one of its kind. */
export const SCOPES = [
  'everything',
  'channel',
  'template',
  'strategy',
  'segment',
  'agency',
  'jurisdiction',
] as const;
export type Scope = (typeof SCOPES)[number];

/** A stop that stands. */
export interface Stop {
  readonly id: string;
  readonly scope: Scope;
  /** A strategy is named by its hash, or by its name for all its versions. */
  readonly value: string | null;
  /** Only for accounts of that lender; null: for all. */
  readonly lender: string | null;
  /** Notices that the law wants go out all the same. */
  readonly notices: boolean;
  /** Who made it: a person, or the engine because of an unusual volume. */
  readonly cause: 'person' | 'volume';
}

/** What is about to go out, or to be begun. Null is not known, and what is not known is stopped with the rest. */
export interface Subject {
  readonly lender: string;
  readonly channel: string;
  readonly template: string | null;
  readonly strategy: { readonly hash: string; readonly name: string };
  /** Whatever the account may be in: as the workflow says, and as the book last heard. */
  readonly segments: readonly string[];
  /** Whoever acts for the lender; null for a channel on which the lender acts itself. */
  readonly agency: { readonly name: string | null } | null;
  /** Where the person and the account may be, as `CN` or `US-CA`; empty when nothing is known. */
  readonly jurisdictions: readonly string[];
  readonly notice: boolean;
}

/** The stop that stands in the way, or null. One that spares notices speaks last. */
export function stoppedBy(stops: readonly Stop[], subject: Subject): Stop | null {
  return stops.find((stop) => isFor(stop, subject)) ?? null;
}

function isFor(stop: Stop, subject: Subject): boolean {
  if (stop.lender !== null && stop.lender !== subject.lender) return false;
  if (stop.notices && subject.notice) return false;
  const { value } = stop;
  if (stop.scope === 'everything') return true;
  return value === null || MATCHES[stop.scope](subject, value);
}

const MATCHES: Readonly<Record<Exclude<Scope, 'everything'>, (of: Subject, value: string) => boolean>> = {
  channel: ({ channel }, value) => channel === value,
  template: ({ template }, value) => template === null || template === value,
  strategy: ({ strategy }, value) => strategy.hash === value || strategy.name === value,
  segment: ({ segments }, value) => segments.length === 0 || segments.includes(value),
  agency: ({ agency }, value) => agency !== null && (agency.name === null || agency.name === value),
  jurisdiction: ({ jurisdictions }, value) =>
    jurisdictions.length === 0 || jurisdictions.some((one) => overlaps(one, value)),
};

/** A country holds its parts, and who is known to be in the country only may be in any part of it. */
export function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/** How the rule is written in the evidence: `stop:channel:sms`. */
export function ruleOf({ cause, scope, value }: Pick<Stop, 'cause' | 'scope' | 'value'>): string {
  if (cause === 'volume') return `volume:${value ?? ''}`;
  return value === null ? `stop:${scope}` : `stop:${scope}:${value}`;
}

const LEAST_MS = 15 * 60_000;
const MOST_MS = 24 * 3_600_000;

/**
 * When to ask again about a step that a switch stands against: after as long as it has waited already, at least a
 * quarter of an hour and at most a day. Nothing is polled, and nothing waits after an opening for longer than it was
 * stopped. `spread` (0 to 99) parts those who fell due together, so that an opening lets no burst loose.
 */
export function askAgainAt(due: Instant, now: Instant, spread: number): Instant {
  const waited = Date.parse(now) - Date.parse(due);
  const wait = Math.min(MOST_MS, Math.max(LEAST_MS, waited) * (1 + spread / 100));
  return new Date(Date.parse(now) + Math.round(wait)).toISOString();
}
