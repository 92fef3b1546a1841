import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { sql } from 'kysely';
import { addDays } from '../../src/domain/calendar/day';
import { forbear, type Said } from '../support/forbear-command';
import { eventually, House, TODAY, type Row } from '../support/house';
import { contact, smallStrategy } from '../support/small-strategy';

jest.setTimeout(240_000);

/** Nobody is called so: whatever of it is found outside the book was put there by us. */
const PLANTED = {
  latin: 'Zebulon Quixworth',
  chinese: '欧阳澄漪',
  mobile: '13917654321',
  otherMobile: '13917650987',
  email: 'zq.quillback@example.test',
  otherEmail: 'ouyang.chengyi@example.test',
  street: '4711 Quillback Terrace',
  chineseStreet: '涟漪路八一七号云隐小区',
  number: '6225889900114477',
  otherNumber: '6225889900228866',
  person: 'PERS-88112299',
};
const RECORDED = Object.values(PLANTED);

const email = { channels: ['email'] };
const strategy = smallStrategy([
  contact('GRACE', [4], { template: 'grace-reminder' }),
  contact('STATEMENT', [5], { template: 'arrears-statement', ...email }),
  contact('BROKEN', [6], { template: 'pay-reminder' }),
  contact('PLAN', [7], { template: 'personal-plan', ...email, tone: 2 }),
  contact('DEMAND', [8], { template: 'demand-letter', channels: ['letter'], tone: 4 }),
  contact('CALL', [9], { channels: ['call'], campaign: { N: { attemptsADay: 1, days: 1 } } }),
  contact('VISIT', [10], { channels: ['visit'] }),
  contact('BLOCK', [11], { kind: 'host', channels: [], action: 'block-purchases' }),
  contact('FILE', [12], { kind: 'task', channels: ['legal'], action: 'legal-file' }),
  contact('OFFER', [13], { template: 'plan-offer', tone: 2 }),
]);

let house: House;
let known: ReadonlyMap<string, string>;
let said: Said[] = [];

beforeAll(async () => {
  house = await House.open({
    strategy,
    secondsADay: 1.5,
    headStart: 6,
    env: { FORBEAR_LOG_LEVEL: 'trace' },
  });
});
afterAll(async () => {
  delete process.env['FORBEAR_LOG_LEVEL'];
  await house?.close();
});

const row = (more: Row): Row => ({ ...more, obligations: `${addDays(TODAY, -2)}:500.00` });
const ref = (name: string): string => known.get(name) ?? '';

/** Of the book's own rows too: what PostgreSQL says of a row that it refuses quotes all of it. */
async function refuseMessages(step: string): Promise<void> {
  const { db } = house.client.book;
  await sql`alter table messages add constraint planted check (template <> ${sql.lit(step)}) not valid`.execute(
    db,
  );
}

test('people are reached, and everything that can fail fails', async () => {
  const { latin, chinese, mobile, otherMobile, street, chineseStreet, number, otherNumber, person } = PLANTED;
  await house.behave({ channel: 'email', do: 'reject', times: 2 });
  await house.behave({ channel: 'sms', do: 'reject', times: 1 });
  await refuseMessages('pay-reminder');
  await house.stack.startWorker();
  known = await house.enrol([
    row({
      account: number,
      person,
      name: latin,
      phone: mobile,
      email: PLANTED.email,
      address: street,
      language: 'en',
    }),
    row({
      account: otherNumber,
      name: chinese,
      phone: otherMobile,
      email: PLANTED.otherEmail,
      address: chineseStreet,
    }),
  ]);
  const one = ref(number);
  const other = ref(otherNumber);

  // What somebody hands to the client in the wrong place is refused before it is sent anywhere.
  const bad = {
    kind: 'contact-outcome',
    code: 'RPC-HARD',
    channel: 'call',
    phone: mobile,
    reason: 'lost-work',
  };
  const refusal = await house.client.tell(one, bad as never).then(
    () => 'accepted',
    (error: Error) => `${error.message} ${error.stack ?? ''}`,
  );
  const asId = await house.client.tell(one, { kind: 'release', hold: PLANTED.email }).then(
    () => 'accepted',
    (error: Error) => `${error.message} ${error.stack ?? ''}`,
  );
  for (const message of [refusal, asId]) {
    expect(message).toContain('EVENT_MALFORMED');
    for (const planted of RECORDED) expect(message).not.toContain(planted);
  }
  said = [
    await forbear(house, ['outcome', one, 'RPC-HARD', '--reason', 'lost-work', '--by', latin]),
    await forbear(house, ['hold', other, 'illness', '--hold', PLANTED.otherEmail]),
    await forbear(house, ['pay', number, '12.345', '--id', chinese]),
    await forbear(house, ['show', number]),
    await forbear(house, ['show', otherNumber, '--json']),
    await forbear(house, ['list', '--json']),
    await forbear(house, ['timeline', number, '--json']),
  ];

  await eventually('PostgreSQL refuses a row', async () => {
    const { raw } = await house.handle(one).describe();
    return raw.pendingActivities?.some(({ lastFailure }) => lastFailure != null) ?? false;
  });
  // It is tried again until PostgreSQL takes it; the account goes on.
  await sql`alter table messages drop constraint planted`.execute(house.client.book.db);
  await eventually('both get the message after everything that failed', async () => {
    const sent = (await house.received()).filter(({ at, channel }) => at !== '' && channel === 'sms');
    return [mobile, otherMobile].every((own) =>
      sent.some(({ to, text }) => to[0]?.endsWith(own) && /分期|instal/i.test(text)),
    );
  });
  await house.client.tell(one, { kind: 'payment', amount: 500_00, valueDate: TODAY });
  said.push(await forbear(house, ['timeline', number]), await forbear(house, ['show', number]));
});

test('the failures did happen, and the people were really there to be named', async () => {
  const timeline = await house.client.timeline(ref(PLANTED.number));
  const results = timeline.flatMap((entry) =>
    entry.what === 'decision' ? [JSON.stringify(entry.result)] : [],
  );
  expect(results.join()).toMatch(/refused:smtp-550|refused:smpp|unknown/);
  const arrived = JSON.stringify(await house.received());
  expect(arrived).toContain(PLANTED.mobile);
  expect(arrived).toContain(PLANTED.otherEmail);
  const failures = (await histories()).flatMap(({ events }) =>
    (events ?? []).flatMap((event) => {
      const failure =
        event.activityTaskStartedEventAttributes?.lastFailure ??
        event.activityTaskFailedEventAttributes?.failure ??
        event.activityTaskTimedOutEventAttributes?.failure;
      return failure == null ? [] : [failure.message ?? ''];
    }),
  );
  expect(failures.join()).toContain('BOOK_FAILED');
});

test('no history, memo, search attribute, failure or id has any of it', async () => {
  const bytes = (await histories()).map((history) =>
    Buffer.from(temporal.api.history.v1.History.encode(history).finish()),
  );
  const whole = Buffer.concat(bytes);
  // The search can find something: the reference of an account, and the payment that was told.
  expect(whole.includes(ref(PLANTED.number))).toBe(true);
  expect(whole.includes('"amount":50000')).toBe(true);
  for (const planted of RECORDED) expect([planted, whole.includes(planted)]).toEqual([planted, false]);

  const listed: string[] = [];
  for await (const run of house.client.desk.temporal.workflow.list({ query: '' })) {
    const described = await house.client.desk.temporal.workflow
      .getHandle(run.workflowId, run.runId)
      .describe();
    listed.push(
      JSON.stringify([run.workflowId, run.memo, run.searchAttributes, run.raw, described.raw], bigints),
    );
  }
  expect(listed.length).toBeGreaterThan(1);
  for (const planted of RECORDED)
    expect([planted, listed.join().includes(planted)]).toEqual([planted, false]);
});

test("Temporal's own file has none of it, not even where nothing points to any more", () => {
  const folder = join(house.stack.data, 'temporal');
  const whole = Buffer.concat(readdirSync(folder).map((file) => readFileSync(join(folder, file))));
  expect(whole.includes(ref(PLANTED.number))).toBe(true);
  for (const planted of RECORDED) expect([planted, whole.includes(planted)]).toEqual([planted, false]);
});

test('no log of the stack and no output of the command line has any of it', () => {
  const folder = join(house.stack.data, 'log');
  const logs = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
  expect(logs.find(([file]) => file === 'worker.log')?.[1]).toContain('{');
  for (const [file, text] of logs)
    for (const planted of RECORDED)
      expect([file, planted, text.includes(planted)]).toEqual([file, planted, false]);
  expect(said.slice(0, 3).map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(said.slice(3).map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  for (const { out, err } of said)
    for (const planted of RECORDED)
      expect([planted, (out + err).includes(planted)]).toEqual([planted, false]);
});

/** Every run of every workflow, closed ones too. */
async function histories(): Promise<temporal.api.history.v1.IHistory[]> {
  const { workflow } = house.client.desk.temporal;
  const found: temporal.api.history.v1.IHistory[] = [];
  for await (const { workflowId, runId } of workflow.list({ query: '' }))
    found.push(await workflow.getHandle(workflowId, runId).fetchHistory());
  return found;
}

const bigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? String(value)
    : value instanceof Uint8Array
      ? Buffer.from(value).toString('utf8')
      : value;
