import { settle } from '../../../src/book/attempts';
import { reserve } from '../../../src/book/permit';
import { accept, factsOf } from '../../../src/book/journal';
import { openTask } from '../../../src/book/tasks';
import {
  ask,
  DAY,
  enrolled,
  fresh,
  NOON,
  ownBook,
  published,
  rehearse,
  SMALL,
} from '../../book/book-under-test';
import { contact, smallStrategy } from '../../support/small-strategy';
import { forbear, type Ran } from './command-line';

let book: Awaited<ReturnType<typeof ownBook>>;
let strategy: string;
const keys: Record<string, string> = {};

beforeAll(async () => {
  book = await ownBook();
  await rehearse(book.db);
  strategy = await published(book.db, SMALL);
});
afterAll(() => book?.drop());

/** A command line as that member of staff, whose key is in the environment. A stop needs no Temporal. */
function run(
  line: readonly string[],
  by?: string,
  key = by === undefined ? undefined : keys[by],
): Promise<Ran> {
  const env = {
    FORBEAR_BOOK_URL: book.url,
    FORBEAR_TEMPORAL_ADDRESS: '127.0.0.1:1',
    ...(key === undefined ? {} : { FORBEAR_STAFF_KEY: key }),
  };
  return forbear(by === undefined ? line : [...line, '--by', by], env);
}
const json = (ran: Ran) => JSON.parse(ran.out) as Record<string, unknown>;
const keyOf = (ran: Ran) => json(ran)['key'] as string;

async function member(ref: string, role: string, by: string): Promise<void> {
  keys[ref] = keyOf(await run(['staff', 'add', ref, '--role', role, '--json'], by));
}
async function ownKey(ref: string): Promise<void> {
  keys[ref] = keyOf(await run(['staff', 'key', '--json'], ref));
}
async function stopped(...what: string[]): Promise<Ran> {
  return run(['switch', 'stop', ...what, '--why', 'wrong text', '--json'], 'op-7');
}

describe('staff', () => {
  test('begins with one who can add others, and the second is added by the first', async () => {
    expect((await run(['staff', 'list'])).out).toMatch(/knows no staff/);
    expect(await run(['staff', 'add', 'op-7', '--role', 'operator'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^STAFF_FIRST/),
    });
    keys['head-1'] = keyOf(await run(['staff', 'add', 'head-1', '--role', 'head', '--json']));
    const second = ['staff', 'add', 'comp-1', '--role', 'compliance', '--json'];
    expect(await run(second)).toMatchObject({ code: 2, err: expect.stringMatching(/^STAFF_BY_MISSING/) });
    keys['comp-1'] = keyOf(await run(second, 'head-1'));
    expect((await run(['staff', 'list'])).out).toMatch(/comp-1 .*compliance.*may act/);
  });

  test('whoever handed a key over cannot use it in the name of the other', async () => {
    expect(await run(['staff', 'add', 'op-7', '--role', 'operator'], 'comp-1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_KEY_HANDED/),
    });
    const before = keys['comp-1'];
    await ownKey('comp-1');
    expect(await run(['staff', 'key'], 'comp-1', before)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_KEY_WRONG/),
    });
  });

  test('from the third on a second person confirms, another than who added', async () => {
    await member('op-7', 'operator', 'head-1');
    expect((await run(['staff', 'list'])).out).toMatch(/op-7 .*waits for a second person/);
    expect(await run(['staff', 'key'], 'op-7')).toMatchObject({ code: 3 });
    expect(await run(['staff', 'confirm', 'op-7'], 'head-1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_SAME_PERSON/),
    });
    expect(await run(['staff', 'confirm', 'op-7'], 'comp-1')).toMatchObject({ code: 0 });
    await ownKey('op-7');
    expect(await run(['staff', 'add', 'op-8', '--role', 'operator'], 'op-7')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_MAY_NOT/),
    });
  });

  test('is not confused by a role that there is not, or by somebody twice', async () => {
    expect((await run(['staff', 'add', 'x', '--role', 'king'], 'head-1')).code).toBe(2);
    expect(await run(['staff', 'add', 'op-7', '--role', 'head'], 'head-1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_EXISTS/),
    });
  });
});

describe('a stop', () => {
  test('is made by anybody, answered when nothing is on its way, and stops the next send', async () => {
    const ran = await run(['switch', 'stop', 'everything', '--why', 'wrong text', '--json'], 'somebody');
    expect(ran.code).toBe(0);
    const id = json(ran)['id'] as string;
    expect(json(ran)).toMatchObject({ scope: 'everything', waitedFor: 0, warning: null });
    const { ref } = await enrolled(book.db, strategy);
    expect(await reserve(book.db, ask(ref, strategy))).toMatchObject({ rule: 'stop:everything' });
    const listed = await run(['switch', 'list']);
    expect(listed.out).toMatch(/stopped by somebody .*: wrong text/);
    expect(listed.out).not.toMatch(/not yet/);

    expect(await run(['switch', 'open', id, '--confirm'], 'head-1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^SWITCH_NOT_ASKED/),
    });
    expect(await run(['switch', 'open', id, '--why', 'mended'], 'somebody')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^STAFF_UNKNOWN/),
    });
    expect(await run(['switch', 'open', id, '--why', 'mended'], 'op-7', '')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_KEY_MISSING/),
    });
    expect(await run(['switch', 'open', id], 'op-7')).toMatchObject({ code: 2 });
    expect(await run(['switch', 'open', id, '--why', 'mended'], 'head-1')).toMatchObject({ code: 0 });
    expect(await run(['switch', 'open', id, '--confirm'], 'head-1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^SWITCH_SAME_PERSON/),
    });
    expect(await run(['switch', 'open', id, '--confirm'], 'op-7')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STAFF_MAY_NOT/),
    });
    expect(await run(['switch', 'open', id.slice(0, 6), '--confirm'], 'comp-1')).toMatchObject({ code: 0 });
    const after = await reserve(book.db, ask(ref, strategy));
    if (after.answer !== 'permit') throw new Error('no permit');
    await settle(book.db, after.permit, 'accepted');
    expect(await run(['switch', 'open', id, '--why', 'mended'], 'op-7')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^SWITCH_IS_OPEN/),
    });
    expect((await run(['switch', 'list', '--all'])).out).toMatch(/opening asked by head-1 \(head\)/);
  });

  test('made once more after the asking has to be asked for again', async () => {
    const id = json(await stopped('segment', 'H'))['id'] as string;
    await run(['switch', 'open', id, '--why', 'mended'], 'op-7');
    await stopped('segment', 'H');
    expect(await run(['switch', 'open', id, '--confirm'], 'head-1')).toMatchObject({
      err: expect.stringMatching(/^SWITCH_NOT_ASKED/),
    });
  });

  test('waits for what went out before', async () => {
    const { ref } = await enrolled(book.db, strategy);
    const before = await reserve(book.db, ask(ref, strategy, 'R1', { segment: 'N' }));
    if (before.answer !== 'permit') throw new Error('no permit');
    const waiting = stopped('channel', 'sms');
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    await settle(book.db, before.permit, 'accepted');
    const ran = await waiting;
    expect(json(ran)['waitedFor']).toBeGreaterThanOrEqual(1);
    expect(ran.err).toMatch(/Waiting for \d+ that went out before/);
  });

  test.each([
    [['channel', 'fax'], 2, /^SWITCH_CHANNEL_UNKNOWN.*sms/],
    [['strategy', 'nothing'], 3, /^STRATEGY_UNKNOWN/],
    [['jurisdiction', 'EU'], 2, /^SWITCH_JURISDICTION_UNKNOWN/],
    [['jurisdiction', 'mars'], 2, /^SWITCH_JURISDICTION_UNKNOWN/],
    [['everything', 'sms'], 2, /^SWITCH_VALUE_EXTRA/],
    [['segment'], 2, /^SWITCH_VALUE_MISSING/],
    [['planet', 'mars'], 2, /Allowed choices/],
  ])('of %j is refused with code %s', async (what, code, says) => {
    const ran = await stopped(...what);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(says);
  });

  test.each([
    [['template', 'to-come'], /meets nothing yet/],
    [['segment', 'L9'], /meets nothing yet/],
    [['agency', 'north'], /not known/],
  ])('of %j is made, with a warning', async (what, says) => {
    const ran = await stopped(...what);
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(says);
    expect(json(ran)).toMatchObject({ scope: what[0], value: what[1] });
  });

  test('names a strategy by name for all its versions, by version for one, a country as people do', async () => {
    expect(json(await stopped('strategy', 'small'))['value']).toBe('small');
    expect(json(await stopped('strategy', 'small@1'))['value']).toBe(strategy);
    expect(json(await stopped('jurisdiction', 'uk'))['value']).toBe('GB');
    expect(json(await stopped('jurisdiction', 'us-ca'))['value']).toBe('US-CA');
    expect(json(await stopped('template', 'reminder'))['warning']).toBeNull();
  });
});

describe('an agency that is stopped', () => {
  /** A task of a placement as the workflow opens it. */
  async function placement(): Promise<{ readonly ref: string; readonly id: string }> {
    const { ref } = await enrolled(book.db, placing, { facts: { agency: 'north' } });
    const row = await book.db
      .selectFrom('accounts')
      .select('person')
      .where('ref', '=', ref)
      .executeTakeFirstOrThrow();
    const occurrence = { step: 'P1', anchor: '2026-03-01', n: 1, due: NOON };
    const task = {
      kind: 'task',
      account: ref,
      person: row.person,
      occurrence,
      action: 'place',
      queue: 'agency',
    } as const;
    return { ref, id: (await openTask(book.db, { ...task, onDate: DAY, due: NOON, inputs: {} })).id };
  }
  let placing: string;
  let stopId: string;
  beforeAll(async () => {
    const step = contact('P1', [9], { kind: 'task', channels: ['agency'], action: 'place' });
    await book.db
      .updateTable('switches')
      .set((eb) => ({ openedAt: eb.fn('clock_timestamp') }))
      .execute();
    placing = await published(book.db, { ...smallStrategy([step]), name: 'placing' });
  });

  test('gets no account that was planned for it before, and what is with it is asked about', async () => {
    const { ref, id } = await placement();
    const held = {
      kind: 'hold',
      id: fresh(),
      at: NOON,
      hold: 'p',
      type: 'placed',
      from: '2026-03-01',
    } as const;
    const other = await placement();
    await accept(book.db, other.ref, held, 'test');
    const made = json(await stopped('agency', 'north'));
    stopId = made['id'] as string;
    expect(made).toMatchObject({ asked: 1 });
    const refused = await run(['task', 'done', id, '--result', 'placed']);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^PLACEMENT_STOPPED.*stop:agency:north/),
    });
    expect((await run(['task', 'list', '--account', ref, '--json'])).out).toContain(id);
    // With whom it is, is said; and one that is not handed over ends.
    expect(
      json(await run(['task', 'done', id, '--result', 'placed', '--agency', 'south', '--json'])),
    ).toMatchObject({
      status: 'done',
      result: 'placed',
    });
    const ended = json(await run(['task', 'done', other.id, '--result', 'stopped', '--json']));
    expect(ended).toMatchObject({ status: 'done', result: 'stopped', sent: null });

    const list = JSON.parse((await run(['task', 'list', '--account', other.ref, '--json'])).out) as {
      id: string;
    }[];
    expect(list).toMatchObject([{ action: 'recall-or-keep', queue: 'agency', account: other.ref }]);
    const question = list[0]!.id;
    expect((await run(['task', 'show', question])).out).toContain('recall, keep');
    expect(await run(['task', 'done', question, '--result', 'maybe'])).toMatchObject({ code: 2 });
    await run(['task', 'done', question, '--result', 'recall', '--by', 'lead-1']);
    expect((await factsOf(book.db, other.ref)).at(-1)).toMatchObject({
      ...{ kind: 'task-result', step: 'agency-stop', result: 'recall', by: 'lead-1' },
    });
  });

  test('is asked about no more when the stop is opened', async () => {
    const { ref } = await placement();
    const held = {
      kind: 'hold',
      id: fresh(),
      at: NOON,
      hold: 'p',
      type: 'placed',
      from: '2026-03-01',
    } as const;
    await accept(book.db, ref, held, 'test');
    expect(json(await stopped('agency', 'north'))).toMatchObject({ id: stopId, asked: 1 });
    await run(['switch', 'open', stopId, '--why', 'cleared'], 'comp-1');
    expect(await run(['switch', 'open', stopId, '--confirm'], 'head-1')).toMatchObject({ code: 0 });
    const list = JSON.parse(
      (await run(['task', 'list', '--account', ref, '--status', 'cancelled', '--json'])).out,
    );
    expect(list).toMatchObject([{ action: 'recall-or-keep', result: 'opened' }]);
  });
});
