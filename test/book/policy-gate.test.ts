import { contentHash } from '../../src/book/ids';
import { accept } from '../../src/book/journal';
import { sayConsent } from '../../src/book/consents';
import { settle } from '../../src/book/attempts';
import { reserve, type Reservation } from '../../src/book/permit';
import { happeningsOf, recordHappening } from '../../src/book/policy/happenings';
import { listPacks, packByHash, packHash, packsFrom, publishPack } from '../../src/book/policy/packs';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { loadPacks } from '../../src/book/policy/shipped';
import type { AccountEvent } from '../../src/domain/account/events';
import type { PolicyUse } from '../../src/domain/policy/use';
import type { Strategy } from '../../src/domain/strategy/strategy';
import { contact } from '../support/small-strategy';
import {
  ask,
  enrolled,
  fresh,
  newAccount,
  NOON,
  ownBook,
  published,
  rehearse,
  SMALL,
} from './book-under-test';

const CHINA: PolicyUse = {
  role: 'original-creditor',
  packs: ['cn-consumer-credit'],
  endpoints: { source: 'contract', kind: 'personal' },
  conduct: {
    call: { recording: 'audio', disclosures: ['institution', 'identity-check'] },
    visit: { recording: 'audio-video', disclosures: ['staff-id'] },
  },
};

function under(policy: PolicyUse, more: Partial<Strategy> = {}): Strategy {
  return { ...SMALL, contact: { hours: {}, caps: [], closedOn: [] }, policy, ...more };
}

let book: Awaited<ReturnType<typeof ownBook>>;
let china: string;
beforeAll(async () => {
  book = await ownBook(20);
  await rehearse(book.db);
  await publishShipped(book.db);
  china = await published(book.db, under(CHINA));
});
afterAll(() => book.drop());

let times = 0;
/** A word about a promise is each account's own, and each asked for is another. */
function own(account: string, strategy: string, at: string, channel = 'call') {
  times += 1;
  const occurrence = { step: 'P1', anchor: '2026-03-01', n: times, due: at };
  return reserve(book.db, ask(account, strategy, 'P1', { occurrence, channel, now: at }));
}

function permitted(reservation: Reservation) {
  if (reservation.answer !== 'permit') throw new Error(`no permit: ${JSON.stringify(reservation)}`);
  return reservation;
}

const outcome = (code: 'NA' | 'RPC-INT', at: string): AccountEvent => {
  const told = { kind: 'contact-outcome', id: fresh(), at, channel: 'call', code } as const;
  return code === 'NA' ? told : { ...told, reason: 'unknown' };
};

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- evidence as it is kept */
type Law = any;

async function lawOf(account: string) {
  const rows = await book.db
    .selectFrom('evidence')
    .select('body')
    .where('account', '=', account)
    .where('kind', '=', 'gate')
    .orderBy('n', 'desc')
    .execute();
  return rows[0]?.body as { answer: string; rule: string | null; law: Law };
}

describe('a permit under the packs of China', () => {
  test('nobody is collected from at night, to the second, and the evidence names rule, pack and version', async () => {
    const { ref } = await enrolled(book.db, china);
    const [pack] = loadPacks(['cn-consumer-credit']);
    const deferred = await own(ref, china, '2026-03-10T14:00:00.000Z', 'sms');
    expect(deferred).toEqual({ answer: 'defer', until: '2026-03-11T00:00:00.000Z', rule: 'policy:CN-T1' });
    expect(await lawOf(ref)).toMatchObject({
      answer: 'defer',
      rule: 'policy:CN-T1',
      law: {
        packs: [{ pack: 'cn-consumer-credit', version: pack?.version, calendar: pack?.holidays.version }],
        asked: { role: 'original-creditor', party: 'debtor', place: 'home', purpose: 'collect' },
        zones: ['Asia/Shanghai'],
        spoke: [{ rule: 'CN-T1', pack: 'cn-consumer-credit', version: pack?.version, says: 'defer' }],
      },
    });
    permitted(await own(ref, china, '2026-03-10T13:59:59.000Z', 'sms'));
    const { law } = await lawOf(ref);
    expect(law.allowed).toContain('cn-consumer-credit/CN-T1');
    expect(law.spoke).toEqual([]);
  });

  test('three talks a day, over all accounts and whoever had them; the fourth waits for the morning', async () => {
    const { person } = newAccount(china);
    const one = await enrolled(book.db, china, { person });
    const other = await enrolled(book.db, china, { person });
    const calls = ['2026-03-10T02:00:00.000Z', '2026-03-10T03:00:00.000Z'];
    for (const at of calls) {
      const { permit } = permitted(await own(one.ref, china, at));
      await settle(book.db, permit, 'accepted');
      await accept(book.db, one.ref, outcome('RPC-INT', at), 'test');
    }
    // The third was an agency's, of the other account: no attempt of ours.
    await accept(book.db, other.ref, outcome('RPC-INT', '2026-03-10T04:00:00.000Z'), 'agency');
    expect(await own(one.ref, china, '2026-03-10T05:00:00.000Z')).toEqual({
      answer: 'defer',
      until: '2026-03-11T00:00:00.000Z',
      rule: 'policy:CN-F1',
    });
    permitted(await own(one.ref, china, '2026-03-11T00:00:00.000Z'));
  });

  test('a call of which nobody told the end counts as a talk and as unanswered', async () => {
    const { ref } = await enrolled(book.db, china);
    for (let n = 0; n < 3; n += 1) {
      const { permit } = permitted(await own(ref, china, NOON));
      await settle(book.db, permit, 'accepted');
    }
    expect(await own(ref, china, NOON)).toMatchObject({ answer: 'defer', rule: 'policy:CN-F1' });
    for (let n = 0; n < 3; n += 1) await accept(book.db, ref, outcome('NA', NOON), 'test');
    // Now they were three unanswered: three more may be made.
    for (let n = 0; n < 3; n += 1) {
      const { permit } = permitted(await own(ref, china, NOON));
      await settle(book.db, permit, 'accepted');
      await accept(book.db, ref, outcome('NA', NOON), 'test');
    }
    expect(await own(ref, china, NOON)).toMatchObject({ answer: 'defer', rule: 'policy:CN-F2' });
  });

  test('house rules only tighten: until is the first moment at which house and packs agree', async () => {
    const hours = { call: [{ from: '09:00', to: '12:00' }] };
    const strategy = await published(
      book.db,
      under(CHINA, { contact: { hours, caps: [], closedOn: ['03-11'] } }),
    );
    const { ref } = await enrolled(book.db, strategy);
    expect(await own(ref, strategy, '2026-03-10T15:00:00.000Z')).toMatchObject({
      answer: 'defer',
      until: '2026-03-12T01:00:00.000Z',
    });
    const wide = { call: [{ from: '00:00', to: '23:59' }] };
    const loose = await published(
      book.db,
      under(CHINA, { contact: { hours: wide, caps: [], closedOn: [] } }),
    );
    const free = await enrolled(book.db, loose);
    expect(await own(free.ref, loose, '2026-03-10T15:00:00.000Z')).toMatchObject({ rule: 'policy:CN-T1' });
  });

  test('what is not known is asked of a person, never an error', async () => {
    const { endpoints: _from, ...silent } = CHINA;
    const unsaid = await published(book.db, under(silent));
    const { ref } = await enrolled(book.db, unsaid);
    expect(await own(ref, unsaid, NOON, 'sms')).toEqual({ answer: 'review', rule: 'policy:CN-P7' });
    const nowhere = await published(book.db, under({ ...CHINA, packs: ['mars'] }));
    const lost = await enrolled(book.db, nowhere);
    expect(await own(lost.ref, nowhere, NOON)).toEqual({
      answer: 'review',
      rule: 'policy:not-published:mars',
    });
    // A lender of another country's packs alone: no pack says what law governs a debt in China.
    const foreign = await published(book.db, under({ ...CHINA, packs: ['uk-consumer-credit'] }));
    const abroad = await enrolled(book.db, foreign);
    expect(await own(abroad.ref, foreign, NOON)).toEqual({ answer: 'review', rule: 'policy:no-law' });
  });

  test('a person whose zone nobody knows is reached only when it is a good moment all over the country', async () => {
    const account = newAccount(china);
    const { ref } = await enrolled(book.db, china, { person: { ...account.person, zone: null } });
    permitted(await own(ref, china, '2026-03-10T13:00:00.000Z'));
    expect(await own(ref, china, '2026-03-10T14:00:00.000Z')).toMatchObject({ rule: 'policy:CN-T1' });
  });

  test('a refused channel alone is shut, and a plan that was agreed stops collecting until it is broken', async () => {
    const { ref, person } = await enrolled(book.db, china);
    await sayConsent(book.db, person, { channel: 'sms', says: 'refused', at: '2026-03-09T02:00:00.000Z' });
    expect(await own(ref, china, NOON, 'sms')).toEqual({ answer: 'block', rule: 'opted-out' });
    permitted(await own(ref, china, NOON, 'email'));
    const told = { at: '2026-03-10T03:00:00.000Z', account: ref };
    await recordHappening(book.db, person, { ...told, event: 'agreed-plan' });
    expect(await own(ref, china, '2026-03-10T04:00:00.000Z', 'email')).toEqual({
      answer: 'block',
      rule: 'policy:CN-K3',
    });
    await recordHappening(book.db, person, { ...told, event: 'plan-broken', at: '2026-03-10T05:00:00.000Z' });
    permitted(await own(ref, china, '2026-03-10T06:00:00.000Z', 'email'));
  });
});

describe('a hold that is set again under its name', () => {
  const hold = (at: string, until?: string): AccountEvent => ({
    ...{ kind: 'hold', id: fresh(), at, hold: 'h1', type: 'bankruptcy', from: '2026-03-01' },
    ...(until === undefined ? {} : { until }),
  });
  const said = async (account: string): Promise<readonly unknown[]> =>
    book.db.transaction().execute(async (tx) => {
      const rows = await tx
        .selectFrom('journal')
        .select('body')
        .where('account', '=', account)
        .orderBy('seq')
        .execute();
      const told = rows.map(({ body }) => ({ account, person: 'P', zone: 'Asia/Shanghai', event: body }));
      const happenings = new Set(['bankruptcy-petition', 'bankruptcy-dismissed'] as const);
      const look = { attemptDays: 0, happenings };
      const read = { said: [], consents: [], invalid: [], first: [], sent: [] };
      const all = happeningsOf(read, { person: 'P', look, serves: new Map() }, told);
      return all.map(({ event, at }) => [event, at]);
    });

  test('takes the new days: the first end is not told, and a release before it ends nothing', async () => {
    const { ref } = await enrolled(book.db, china);
    await accept(book.db, ref, hold('2026-03-01T02:00:00.000Z', '2026-03-05'), 'test');
    await accept(book.db, ref, hold('2026-03-04T02:00:00.000Z', '2026-03-31'), 'test');
    expect(await said(ref)).toEqual([
      ['bankruptcy-petition', '2026-02-28T16:00:00.000Z'],
      ['bankruptcy-dismissed', '2026-03-31T16:00:00.000Z'],
    ]);
    const released = { kind: 'release', id: fresh(), at: '2026-03-06T02:00:00.000Z', hold: 'h1' } as const;
    await accept(book.db, ref, released, 'test');
    expect((await said(ref)).at(-1)).toEqual(['bankruptcy-dismissed', '2026-03-05T16:00:00.000Z']);
    await accept(book.db, ref, hold('2026-03-07T02:00:00.000Z'), 'test');
    expect(await said(ref)).toEqual([['bankruptcy-petition', '2026-02-28T16:00:00.000Z']]);
  });
});

describe('packs of the book', () => {
  const withHours = (to: string) => {
    const [pack] = loadPacks(['au-debt-collection']);
    if (pack === undefined) throw new Error('no pack');
    const rules = pack.rules.map((rule) =>
      rule.kind === 'window' && rule.id === 'AU-T1'
        ? { ...rule, open: rule.open.map((span) => ({ ...span, to })) }
        : rule,
    );
    return { ...pack, rules };
  };
  /** As the compiler names it. */
  function named(to: string) {
    const { version: _version, holidays, ...plain } = withHours(to);
    const made = { ...plain, holidays, version: contentHash({ ...plain, holidays: holidays.name }) };
    return made;
  }

  test('are published once, and a new version binds running accounts from its date', async () => {
    const before = await listPacks(book.db);
    expect((await publishShipped(book.db)).every(({ became }) => became === 'known')).toBe(true);
    expect(await listPacks(book.db)).toEqual(before);

    const australia = await published(
      book.db,
      under({ ...CHINA, packs: ['au-debt-collection'] }, { zone: 'Australia/Sydney' }),
    );
    const account = newAccount(australia);
    const sydney = { ...account.person, zone: 'Australia/Sydney' };
    const terms = { ...account.terms, zone: 'Australia/Sydney' };
    const { ref } = await enrolled(book.db, australia, { person: sydney, terms });
    // Nine in the evening in Sydney is ten in the morning of UTC.
    const evening = (day: string) => `2026-03-${day}T08:30:00.000Z`;
    permitted(await own(ref, australia, evening('11')));
    const made = await publishPack(book.db, named('19:00'), 'the document', '2026-03-13');
    expect(made).toMatchObject({ name: 'au-debt-collection', version: 2, effective: '2026-03-13' });
    permitted(await own(ref, australia, evening('12')));
    // From its day on the evening is over at seven.
    expect(await own(ref, australia, evening('13'))).toMatchObject({ answer: 'defer', rule: 'policy:AU-T1' });
    const { version } = await packByHash(book.db, made.hash);
    expect((await lawOf(ref)).law.packs).toContainEqual(expect.objectContaining({ version }));
    // Where the person is it may still be the day before: the old version is there for one day more.
    const on = async (day: string) =>
      (await packsFrom(book.db, day))
        .filter(({ name }) => name === 'au-debt-collection')
        .map(({ from, until }) => [from, until]);
    expect(await on('2026-03-13')).toMatchObject([
      [expect.any(String), '2026-03-12'],
      ['2026-03-13', null],
    ]);
    expect(await on('2026-03-14')).toMatchObject([['2026-03-13', null]]);
    // What ships differs from what the lender published, and does not replace it.
    const again = await publishShipped(book.db);
    expect(again.find(({ name }) => name === 'au-debt-collection')).toMatchObject({ became: 'known' });
  });

  test('bind from the day that is given, also where it is the first version of its name', async () => {
    const { version: _version, holidays, ...plain } = { ...named('19:00'), name: 'later', rules: [] };
    const pack = { ...plain, holidays, version: contentHash({ ...plain, holidays: holidays.name }) };
    await publishPack(book.db, pack, 'the document', '2026-07-01');
    const dated = (await packsFrom(book.db, '2026-03-10')).find(({ name }) => name === 'later');
    expect(dated?.from).toBe('2026-07-01');
    await book.db.deleteFrom('policyPacks').where('name', '=', 'later').execute();
  });

  test('refuse what stands on nothing, a rule of another, and what was changed in the table', async () => {
    const pack = named('18:00');
    const other = (more: object) => {
      const { version: _version, holidays, ...plain } = { ...pack, ...more };
      return { ...plain, holidays, version: contentHash({ ...plain, holidays: holidays.name }) };
    };
    await expect(publishPack(book.db, other({ name: 'own', on: ['none'] }), '')).rejects.toMatchObject({
      code: 'POLICY_BASE_UNPUBLISHED',
    });
    await expect(publishPack(book.db, other({ name: 'own' }), '')).rejects.toMatchObject({
      code: 'POLICY_RULE_TAKEN',
    });
    const changed = { ...pack, title: 'Another' };
    await book.db
      .insertInto('policyPacks')
      .values({
        ...{ hash: packHash(other({})), name: 'x', version: 1, effective: '2026-01-01', document: '' },
        compiled: JSON.stringify(changed),
      })
      .execute();
    await expect(packByHash(book.db, packHash(pack))).rejects.toMatchObject({ code: 'POLICY_HASH_DIFFERS' });
    await book.db.deleteFrom('policyPacks').where('name', '=', 'x').execute();
  });
});

describe('a contact that names other accounts', () => {
  test('asks the packs for each of them, and counts for each', async () => {
    const strategy = await published(
      book.db,
      under(
        { ...CHINA, packs: ['cn-consumer-credit'] },
        { steps: [contact('R1', [1], { channels: ['email'] })] },
      ),
    );
    const { person } = newAccount(strategy);
    const one = await enrolled(book.db, strategy, { person });
    const other = await enrolled(book.db, strategy, { person });
    await recordHappening(book.db, one.person, { event: 'agreed-plan', at: NOON, account: other.ref });
    const reserved = permitted(await reserve(book.db, ask(one.ref, strategy, 'R1', { channel: 'email' })));
    expect(reserved.named).toEqual([]);
  });
});
