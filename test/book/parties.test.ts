import { addParty, endParty, partiesOf, rolesOf, setParties, type NewParty } from '../../src/book/parties';
import { usableEndpoints } from '../../src/book/people';
import { enrolled, newAccount, ownBook, published } from './book-under-test';

const someone = (number: string, role: NewParty['role'], more: Partial<NewParty> = {}): NewParty => ({
  role,
  person: {
    lender: 'bank',
    lenderPerson: number,
    name: 'Li Na',
    language: 'zh-CN',
    zone: 'Asia/Shanghai',
    endpoints: [{ kind: 'mobile', value: `+86139000${number.slice(1).padStart(5, '0')}` }],
  },
  ...more,
});

describe('the parties of an account', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let strategy: string;
  beforeAll(async () => {
    book = await ownBook();
    strategy = await published(book.db);
  });
  afterAll(() => book.drop());

  const roles = async (account: string, ended = false) =>
    (await partiesOf(book.db, account, ended)).map(({ role, until }) => `${role}${until ? ` ${until}` : ''}`);

  test('an account is enrolled with its person as the main party, and with whom its row names', async () => {
    const { ref, person } = await enrolled(book.db, strategy, {
      parties: [someone('G1', 'guarantor', { limitation: '2027-04-30' }), someone('G2', 'joint')],
    });
    const parties = await partiesOf(book.db, ref);
    expect(parties[0]).toMatchObject({ role: 'main', person, since: '2026-03-01', until: null });
    expect(parties.slice(1).map(({ role, limitation }) => [role, limitation])).toEqual(
      expect.arrayContaining([
        ['guarantor', '2027-04-30'],
        ['joint', null],
      ]),
    );
    const guarantor = parties.find(({ role }) => role === 'guarantor');
    expect(await usableEndpoints(book.db, guarantor?.person ?? '')).toMatchObject([{ kind: 'mobile' }]);
  });

  test('a list replaces the one before, changes nothing when it is the same, and lets one come back', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const first = await setParties(
      book.db,
      ref,
      [someone('S1', 'joint'), someone('S2', 'guarantor')],
      '2026-03-05',
    );
    expect([first.added.length, first.ended.length]).toEqual([2, 0]);
    const list = [someone('S2', 'guarantor'), someone('S3', 'supplementary')];
    const second = await setParties(book.db, ref, list, '2026-03-20');
    expect([second.added.length, second.ended.length]).toEqual([1, 1]);
    expect(await setParties(book.db, ref, list, '2026-03-21')).toEqual({ added: [], ended: [] });
    expect(await roles(ref)).toEqual(['main', 'guarantor', 'supplementary']);
    expect(await roles(ref, true)).toContain('joint 2026-03-19');
    await setParties(book.db, ref, [...list, someone('S1', 'joint')], '2026-04-01');
    const back = (await partiesOf(book.db, ref)).find(({ role }) => role === 'joint');
    expect(back).toMatchObject({ since: '2026-04-01', until: null });
  });

  test('what the lender said of a limitation stays until it says otherwise', async () => {
    const { ref } = await enrolled(book.db, strategy);
    await addParty(book.db, ref, someone('L1', 'guarantor', { limitation: '2027-01-31' }), '2026-03-05');
    await addParty(book.db, ref, someone('L1', 'guarantor'), '2026-03-06');
    expect((await partiesOf(book.db, ref))[1]?.limitation).toBe('2027-01-31');
  });

  test('one person stands on many accounts, in more than one role', async () => {
    const one = await enrolled(book.db, strategy);
    const { person } = newAccount(strategy);
    const other = await enrolled(book.db, strategy, { person });
    await addParty(book.db, one.ref, { role: 'guarantor', person }, '2026-03-05');
    const stands = (await rolesOf(book.db, other.person)).map(({ account, role }) => `${account} ${role}`);
    expect(stands.sort()).toEqual([`${one.ref} guarantor`, `${other.ref} main`].sort());
  });

  test('a role that is not there cannot end, and a main one never', async () => {
    const { ref, person } = await enrolled(book.db, strategy);
    await expect(endParty(book.db, ref, person, 'main', '2026-03-05')).rejects.toMatchObject({
      code: 'PARTY_MAIN',
    });
    await expect(endParty(book.db, ref, person, 'heir', '2026-03-05')).rejects.toMatchObject({
      code: 'PARTY_UNKNOWN',
    });
    await expect(setParties(book.db, 'nobody', [], '2026-03-05')).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
  });

  test('two lists for accounts of the same people at the same moment do not wait for each other', async () => {
    const [one, other] = [await enrolled(book.db, strategy), await enrolled(book.db, strategy)];
    const people = ['D1', 'D2', 'D3', 'D4'];
    await setParties(
      book.db,
      one.ref,
      people.map((number) => someone(number, 'joint')),
      '2026-03-05',
    );
    const rounds = Array.from({ length: 6 }, (_, n) => {
      const list = (n % 2 === 0 ? people : [...people].reverse()).map((number) => someone(number, 'joint'));
      return setParties(book.db, n % 2 === 0 ? one.ref : other.ref, list, '2026-03-06');
    });
    await Promise.all(rounds);
    expect([(await roles(one.ref)).length, (await roles(other.ref)).length]).toEqual([5, 5]);
  });
});
