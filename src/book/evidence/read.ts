import type { Selectable } from 'kysely';
import type { Db } from '../open-book';
import type { Tables } from '../tables';

export type EvidenceRow = Selectable<Tables['evidence']>;

const PAGE = 2_000;

/**
 * The evidence of one account or of one person, the oldest first: an account's by the time of writing, over everybody
 * who was to be reached for it; a person's by the places of the chain. In pages.
 */
export async function* evidenceOf(
  db: Db,
  of: { readonly account: string } | { readonly person: string },
): AsyncGenerator<EvidenceRow> {
  if ('person' in of) yield* ofPerson(db, of.person);
  else yield* ofAccount(db, of.account);
}

async function* ofPerson(db: Db, person: string): AsyncGenerator<EvidenceRow> {
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('evidence')
      .innerJoin('chains', 'chains.id', 'evidence.chain')
      .selectAll('evidence')
      .where('chains.person', '=', person)
      .where('n', '>', after)
      .orderBy('n')
      .limit(PAGE)
      .execute();
    yield* page;
    after = page.at(-1)?.n ?? after;
    if (page.length < PAGE) return;
  }
}

async function* ofAccount(db: Db, account: string): AsyncGenerator<EvidenceRow> {
  let from: EvidenceRow | null = null;
  for (;;) {
    let query = db
      .selectFrom('evidence')
      .selectAll()
      .where('account', '=', account)
      .orderBy('recordedAt')
      .orderBy('chain')
      .orderBy('n')
      .limit(PAGE);
    if (from !== null) {
      const { recordedAt, chain, n } = from;
      query = query.where((eb) =>
        eb(eb.refTuple('recordedAt', 'chain', 'n'), '>', eb.tuple(recordedAt, chain, n)),
      );
    }
    const page: EvidenceRow[] = await query.execute();
    yield* page;
    from = page.at(-1) ?? from;
    if (page.length < PAGE) return;
  }
}
