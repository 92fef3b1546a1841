import type { Db } from '../../src/book/open-book';
import { addStaff, changeKey, confirmStaff, type Claim } from '../../src/book/staff';
import type { Role } from '../../src/domain/staff/roles';

/** Staff of a fresh book, each with a key of their own: `head-1` and `head-2` first, then whoever is named. */
export async function staffOf<N extends string>(
  db: Db,
  members: Readonly<Record<N, Role>>,
): Promise<Readonly<Record<N | 'head-1' | 'head-2', Claim>>> {
  const first = await addStaff(db, 'head-1', ['head'], null);
  const head: Claim = { ref: first.ref, key: first.key };
  const claims: Record<string, Claim> = { 'head-1': head };
  const own = async (ref: string, key: string): Promise<void> => {
    claims[ref] = await changeKey(db, { ref, key });
  };
  const second = await addStaff(db, 'head-2', ['head'], head);
  await own('head-2', second.key);
  for (const [ref, role] of Object.entries<Role>(members)) {
    const added = await addStaff(db, ref, [role], head);
    await confirmStaff(db, ref, claims['head-2'] as Claim);
    await own(ref, added.key);
  }
  return claims as Readonly<Record<N | 'head-1' | 'head-2', Claim>>;
}
