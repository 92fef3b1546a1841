import { z } from 'zod';
import { isIsoDate } from '../../domain/calendar/day';
import { isZone } from '../../domain/calendar/zone';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { ErrorArgs } from '../../domain/errors/forbear-error';
import { PARTY_ROLES, type PartyRole } from '../../domain/party/roles';
import { isPrintable } from '../file/printable';
import { emails, isCountry, phones } from './contact';
import type { RowParty } from './row';

const OTHERS = PARTY_ROLES.filter((role): role is Exclude<PartyRole, 'main'> => role !== 'main');
const MOST = 20;

const text = (most: number) => z.string().trim().min(1).max(most).refine(isPrintable);
const party = z.strictObject({
  role: z.enum(OTHERS),
  person: text(64),
  name: text(200).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  address: text(500).optional(),
  country: z.string().refine(isCountry).optional(),
  zone: z.string().refine(isZone).optional(),
  limitation: z.string().refine(isIsoDate).optional(),
});
type Written = z.output<typeof party>;

interface Of {
  /** The lender's number of the account's own person, who is no further party. */
  readonly account: string;
  readonly country: string | undefined;
  readonly language: string;
}

/**
 * The cell `parties` of a row: a JSON list of other people on the account. One that nobody can reach is kept, for the
 * account does not hang on it. What is wrong is said by its place in the list and its field, never by a value.
 */
export function readParties(
  cell: string | undefined,
  of: Of,
  add: (code: ErrorCode, args: ErrorArgs) => null,
): readonly RowParty[] | null {
  if (cell === undefined) return [];
  const wrong = (place: string, wanted: string): null =>
    add('ROW_FIELD_MALFORMED', { field: `parties${place}`, wanted });
  let list: unknown;
  try {
    list = JSON.parse(cell);
  } catch {
    return wrong('', 'a JSON list of people');
  }
  const read = z.array(party).max(MOST).safeParse(list);
  if (!read.success) {
    const [issue] = read.error.issues;
    const path = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    return wrong((path ?? []).join(''), 'as docs/enrol.md describes it');
  }
  const named = read.data.map(({ person, role }) => `${person} ${role}`);
  if (new Set(named).size < named.length)
    return add('ROW_CONTRADICTS', { reason: 'a person stands in the same role twice' });
  if (read.data.some(({ person }) => person === of.account))
    return add('ROW_CONTRADICTS', { reason: 'the person of the account is its main party already' });
  return read.data.map((one) => toRow(one, of));
}

function toRow(one: Written, of: Of): RowParty {
  const country = one.country ?? of.country;
  const address = one.address?.replace(/\s+/g, ' ');
  return {
    role: one.role,
    number: one.person,
    name: one.name ?? null,
    language: one.language ?? of.language,
    endpoints: [
      ...phones(one.phone ?? '', country !== undefined && isCountry(country) ? country : undefined),
      ...emails(one.email ?? ''),
      ...(address === undefined ? [] : [{ kind: 'address' as const, value: address }]),
    ],
    limitation: one.limitation ?? null,
    // Left out where it is not said, so that a row without it is the same as ever.
    ...(one.zone === undefined ? {} : { zone: one.zone }),
  };
}
