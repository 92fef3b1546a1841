import { CommanderError } from 'commander';
import { ForbearError } from '../../domain/errors/forbear-error';

/** What the command's exit code tells a program. Documented in docs/cli.md. */
export const EXIT = {
  ok: 0,
  /** There were rejects, or the answer was no. */
  refused: 1,
  usage: 2,
  notFound: 3,
  unreachable: 4,
  internal: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const NOT_FOUND = new Set<string>([
  'ACCOUNT_UNKNOWN',
  'PERSON_UNKNOWN',
  'PARTY_UNKNOWN',
  'HOLD_UNKNOWN',
  'ENDPOINT_UNKNOWN',
  'WISH_UNKNOWN',
  'STRATEGY_UNKNOWN',
  'SCORECARD_UNKNOWN',
  'TASK_UNKNOWN',
  'CASE_UNKNOWN',
  'HOST_ACTION_UNKNOWN',
  'NAMED_UNKNOWN',
  'OFFER_UNKNOWN',
  'AGREEMENT_UNKNOWN',
  'STACK_NOT_FOUND',
  'SWITCH_UNKNOWN',
  'STAFF_UNKNOWN',
  'BUREAU_RECORD_UNKNOWN',
  'POLICY_UNKNOWN',
  'POLICY_RULE_UNKNOWN',
  'SECOND_UNKNOWN',
  'VOLUME_ASK_UNKNOWN',
  'WATCH_UNKNOWN',
  'FEED_NOT_REFUSED',
]);
const UNREACHABLE = new Set<string>([
  'BOOK_UNREACHABLE',
  'BOOK_VERSION_OLD',
  'BOOK_VERSION_NEW',
  'TEMPORAL_UNREACHABLE',
  'ACCOUNT_SILENT',
]);
const REFUSED = new Set<string>([
  'ACCOUNT_CLOSED',
  'ACCOUNT_DIFFERENT',
  'AGREEMENT_OVER',
  'CASE_NOT_APPROVED',
  'CASE_STOPPED',
  'EVENT_DIFFERENT',
  'HOLD_OVER',
  'HOLD_TWO_PEOPLE',
  'HOST_ANSWERED',
  'OWNER_UNFIT',
  'OFFER_DIFFERENT',
  'OFFER_MAY_NOT',
  'OFFER_OVER',
  'PERSON_HAS_ACCOUNT',
  'PLACEMENT_STOPPED',
  'POLICY_REFUSES',
  'PERSON_IS_ERASED',
  'PERSON_KEPT_UNTIL',
  'SECOND_DIFFERENT',
  'SECOND_OVER',
  'SECOND_SAME_PERSON',
  'STAFF_EXISTS',
  'STAFF_KEY_HANDED',
  'STAFF_KEY_MISSING',
  'STAFF_KEY_WRONG',
  'STAFF_MAY_NOT',
  'STAFF_NEEDED',
  'STAFF_SAME_PERSON',
  'SWITCH_IS_OPEN',
  'TASK_OF_OWNER',
  'SWITCH_NOT_ASKED',
  'SWITCH_SAME_PERSON',
  'TASK_ENDED',
  'TASK_NOT_STARTED',
  'TASK_WITHOUT_CONTACT',
  'TEMPORAL_REFUSED',
  'VOLUME_ASK_OVER',
  'VOLUME_SAME_PERSON',
  'WATCH_FOLDER_TAKEN',
]);
const INTERNAL = new Set<string>(['BOOK_FAILED', 'BOOK_CURSOR', 'STRATEGY_HASH_DIFFERS']);

/** The exit code of what was thrown. A mistake of the user's is anything coded that is not one of the others. */
export function exitCodeOf(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(thrown instanceof ForbearError)) return EXIT.internal;
  const { code } = thrown;
  if (NOT_FOUND.has(code)) return EXIT.notFound;
  if (UNREACHABLE.has(code) || (code.startsWith('STACK_') && code !== 'STACK_FILE_BROKEN'))
    return EXIT.unreachable;
  if (REFUSED.has(code) || code.startsWith('FEED_')) return EXIT.refused;
  return INTERNAL.has(code) ? EXIT.internal : EXIT.usage;
}

/** One line for people. Of what nobody foresaw the name only: its message may hold anything. */
export function sayError(thrown: unknown): string {
  if (thrown instanceof ForbearError) return thrown.message;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return `INTERNAL: Something went wrong inside Forbear (${name}). Run it again with FORBEAR_DEBUG=1 to see where, and report it.`;
}
