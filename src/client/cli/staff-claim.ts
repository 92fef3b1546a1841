import type { Claim } from '../../book/staff';
import type { Context } from './context';

/** Where the key of whoever acts is looked for: never on the command line, where every process list shows it. */
export const KEY_VARIABLE = 'FORBEAR_STAFF_KEY';

export function claimOf({ terminal }: Context, ref: string): Claim {
  return { ref, key: terminal.env[KEY_VARIABLE] };
}
