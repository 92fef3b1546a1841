import { sql } from 'kysely';
import { settle, settleExpired } from '../../../src/book/attempts';
import { sayConsent } from '../../../src/book/consents';
import { beginning, linkHash } from '../../../src/book/evidence/link';
import { evidenceOf, type EvidenceRow } from '../../../src/book/evidence/read';
import { seal } from '../../../src/book/evidence/seal';
import { verify, type Break } from '../../../src/book/evidence/verify';
import type { Db } from '../../../src/book/open-book';
import { reserve } from '../../../src/book/permit';
import { receipt } from '../../../src/book/receipts';
import { ask, enrolled, fresh, NOON, ownBook, published, rehearse, withRules } from '../book-under-test';

describe('the evidence', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook(30);
    await rehearse(book.db);
    strategy = await published(book.db, withRules({ caps: [] }));
  });
  afterAll(() => book.drop());

  async function sent(ref: string, step = 'R1', n = 1) {
    const occurrence = { step, anchor: '2026-03-01', n, due: NOON };
    const reserved = await reserve(book.db, ask(ref, strategy, step, { occurrence }));
    if (reserved.answer !== 'permit') throw new Error(`no permit: ${JSON.stringify(reserved)}`);
    return reserved.permit;
  }

  async function of(ref: string): Promise<EvidenceRow[]> {
    const rows: EvidenceRow[] = [];
    for await (const row of evidenceOf(book.db, { account: ref })) rows.push(row);
    return rows;
  }

  async function breaks(): Promise<readonly Break[]> {
    return (await verify(book.db)).breaks;
  }

  test('tells what was asked, what was known, by which rules, and what came of it', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const permit = await sent(ref);
    await settle(book.db, permit, 'accepted', '00af');
    await receipt(book.db, 'sms', '00AF', 'delivered', NOON);
    // The same receipt again says nothing new.
    await receipt(book.db, 'sms', '00AF', 'delivered', NOON);
    expect((await of(ref)).map(({ n, kind, body }) => [n, kind, body])).toEqual([
      [
        1,
        'gate',
        expect.objectContaining({
          ...{ step: 'R1', channel: 'sms', answer: 'allow', rule: null, attempt: permit.id, strategy },
          known: expect.objectContaining({ pastDue: 50_000, holds: [], zone: 'Asia/Shanghai', seq: 0 }),
        }),
      ],
      [2, 'settled', { attempt: permit.id, outcome: 'accepted' }],
      [3, 'delivered', { attempt: permit.id, delivery: 'delivered' }],
    ]);
    expect(await breaks()).toEqual([]);
  });

  test('keeps a refusal with its rule, and a consent without an account', async () => {
    const { ref, person } = await enrolled(book.db, strategy);
    await sayConsent(book.db, person, { channel: 'sms', says: 'refused', at: NOON, by: 'op-7' });
    expect(await reserve(book.db, ask(ref, strategy))).toMatchObject({ answer: 'block', rule: 'opted-out' });
    const kinds: unknown[] = [];
    for await (const { kind, account, body } of evidenceOf(book.db, { person }))
      kinds.push([kind, account, body['rule'] ?? body['says']]);
    expect(kinds).toEqual([
      ['consent', null, 'refused'],
      ['gate', ref, 'opted-out'],
    ]);
  });

  test('stands in one row however many write at once, also after a sender died', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const permits = await Promise.all(Array.from({ length: 20 }, (_, index) => sent(ref, 'R1', index + 1)));
    await Promise.all(permits.slice(0, 10).map((permit) => settle(book.db, permit, 'accepted', fresh())));
    await sql`update attempts set expires_at = now() - interval '1 second' where account = ${ref}`.execute(
      book.db,
    );
    await Promise.all([settleExpired(book.db), settleExpired(book.db)]);
    const links = await of(ref);
    expect(links.map(({ n }) => n)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(links.filter(({ body }) => body['outcome'] === 'unknown')).toHaveLength(10);
    expect(await breaks()).toEqual([]);
  });

  test('is only added to', async () => {
    for (const table of ['evidence', 'seals', 'sealed_heads'])
      await expect(sql`truncate ${sql.table(table)} cascade`.execute(book.db)).rejects.toMatchObject({
        code: 'BOOK_FAILED',
      });
    await expect(sql`update evidence set kind = 'gate'`.execute(book.db)).rejects.toThrow();
    await expect(sql`delete from evidence`.execute(book.db)).rejects.toThrow();
  });

  test('is sealed once a day, and only what has grown', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await sent(ref);
    const first = await seal(book.db, '2026-03-10');
    const { chains } = await verify(book.db);
    expect(first).toMatchObject({ no: 1, heads: chains, prev: '' });
    expect(await seal(book.db, '2026-03-10')).toBeNull();
    expect(await seal(book.db, '2026-03-09')).toBeNull();
    await sent(ref, 'R1', 2);
    const [one, other] = await Promise.all([seal(book.db, '2026-03-11'), seal(book.db, '2026-03-11')]);
    expect([one, other].filter((made) => made !== null)).toMatchObject([
      { no: 2, heads: 1, prev: first?.hash },
    ]);
    expect(await verify(book.db)).toMatchObject({ seals: 2, lastSeal: { no: 2 }, breaks: [] });
  });

  describe('shows where somebody with all rights has changed it', () => {
    /** As the owner of the database may: with the triggers off. Put back afterwards. */
    async function tampered(change: (tx: Db) => Promise<void>): Promise<readonly Break[]> {
      const found: Break[] = [];
      await book.db
        .transaction()
        .execute(async (tx) => {
          await sql`set local session_replication_role = replica`.execute(tx);
          await change(tx);
          found.push(...(await verify(tx)).breaks);
          throw new Error('put back');
        })
        .catch((error: Error) => {
          if (error.message !== 'put back') throw error;
        });
      expect(await breaks()).toEqual([]);
      return found;
    }

    let ref: string;
    let chain: string;
    beforeAll(async () => {
      ({ ref } = await enrolled(book.db, strategy));
      for (const n of [1, 2, 3]) await sent(ref, 'R1', n);
      chain = (await of(ref))[0]?.chain ?? '';
      await seal(book.db, '2026-03-20');
    });

    test.each([
      ['answer', sql`update evidence set body = body || '{"answer":"block"}' where n = 2`],
      ['moment', sql`update evidence set at = at - interval '1 hour' where n = 2`],
      ['account', sql`update evidence set account = null where n = 2`],
    ])('in a link: its %s', async (_what, change) => {
      expect(
        await tampered(async (tx) => {
          await sql`${change} and chain = ${chain}`.execute(tx);
        }),
      ).toEqual([{ chain, n: 2, what: 'link-changed' }]);
    });

    test('by a link less, inside and at the end', async () => {
      const without = (n: number) =>
        tampered(async (tx) => {
          await tx.deleteFrom('evidence').where('chain', '=', chain).where('n', '=', n).execute();
        });
      expect(await without(2)).toEqual([{ chain, n: 2, what: 'link-missing' }]);
      expect(await without(3)).toEqual([
        { chain, n: 3, what: 'end-differs' },
        { chain, n: 3, what: 'sealed-link-differs' },
      ]);
    });

    test('by a whole chain written anew that fits itself', async () => {
      const found = await tampered(async (tx) => {
        const { subject } = await tx
          .selectFrom('chains')
          .select('subject')
          .where('id', '=', chain)
          .executeTakeFirstOrThrow();
        let prev = beginning(chain, subject);
        for (const link of await of(ref)) {
          const forged = { ...link, prev, body: { ...link.body, answer: 'block' } };
          const hash = linkHash(forged);
          await tx
            .updateTable('evidence')
            .set({ body: JSON.stringify(forged.body), prev, hash })
            .where('chain', '=', chain)
            .where('n', '=', link.n)
            .execute();
          prev = hash;
        }
        await tx.updateTable('chains').set({ head: prev }).where('id', '=', chain).execute();
      });
      expect(found).toEqual([{ chain, n: 3, what: 'sealed-link-differs' }]);
    });

    test('in a seal, and in what it sealed', async () => {
      const { no } = (await verify(book.db)).lastSeal ?? { no: 0 };
      const seals = await tampered(async (tx) => {
        await tx.updateTable('seals').set({ heads: 0 }).where('no', '=', no).execute();
      });
      expect(seals).toEqual([
        { chain: null, n: no, what: 'seal-changed' },
        { chain: null, n: no, what: 'sealed-heads-changed' },
      ]);
      const heads = await tampered(async (tx) => {
        await tx.deleteFrom('sealedHeads').where('seal', '=', no).execute();
      });
      expect(heads).toEqual([{ chain: null, n: no, what: 'sealed-heads-changed' }]);
    });

    test('and whose it is', async () => {
      const found = await tampered(async (tx) => {
        await tx.updateTable('chains').set({ salt: 'another' }).where('id', '=', chain).execute();
      });
      expect(found).toEqual([{ chain, n: 0, what: 'subject-differs' }]);
    });
  });
});
