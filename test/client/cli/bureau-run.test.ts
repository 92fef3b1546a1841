import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createActivities } from '../../../src/activities/create-activities';
import { OutboxFolder } from '../../../src/activities/host/outbox-folder';
import { TemplateStore } from '../../../src/activities/templates/template-store';
import { enrolAccount } from '../../../src/book/accounts';
import { accept } from '../../../src/book/journal';
import { strategyByHash } from '../../../src/book/strategies';
import { TASK_QUEUE } from '../../../src/client/connection';
import { createAccountWorker } from '../../../src/worker/account-worker';
import { BUNDLE_FILE } from '../../../src/worker/bundle';
import { newAccount, ownBook, published } from '../../book/book-under-test';
import { quietRuntime } from '../../support/account-worker';
import { ownNamespace, type TestNamespace } from '../../support/servers';
import { forbear } from './command-line';

describe('forbear bureau with the book', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let temporal: TestNamespace;
  let native: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let dir: string;
  let account: string;
  const NUMBER = '6225-77';

  beforeAll(async () => {
    quietRuntime();
    dir = mkdtempSync(join(tmpdir(), 'forbear-bureau-cli-'));
    [book, temporal] = await Promise.all([ownBook(), ownNamespace()]);
    const strategy = await published(book.db);
    native = await NativeConnection.connect({ address: temporal.address });
    worker = await createAccountWorker({
      ...{ connection: native, namespace: temporal.namespace, taskQueue: TASK_QUEUE },
      bundle: { codePath: BUNDLE_FILE },
      activities: createActivities({
        ...{ db: book.db, carriers: {}, letterheads: {} },
        templates: new TemplateStore(join(__dirname, '../../../templates'), 'en'),
        host: new OutboxFolder(join(dir, 'host')),
      }),
      loadStrategy: (hash) => strategyByHash(book.db, hash),
    });
    running = worker.run();
    const made = newAccount(strategy);
    const { ref } = await enrolAccount(book.db, {
      ...{ ...made, lenderNumber: NUMBER, facts: { credit_limit: 500_000 } },
      terms: { ...made.terms, openedOn: '2024-05-01' },
      person: { ...made.person, lenderPerson: 'P-77' },
    });
    account = ref;
    await book.db
      .insertInto('bureauNotices')
      .values({ account, step: 'N1', onDate: '2026-03-05', episode: null })
      .execute();
  }, 120_000);
  afterAll(async () => {
    worker?.shutdown();
    await running;
    await native?.close();
    await temporal?.close();
    await book?.drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const run = (...args: string[]) =>
    forbear(['bureau', ...args], {
      FORBEAR_BOOK_URL: book.url,
      FORBEAR_TEMPORAL_ADDRESS: temporal.address,
      FORBEAR_NAMESPACE: temporal.namespace,
    });
  const settings = (more = ''): string => {
    const file = join(dir, 'us.bureau.yaml');
    mkdirSync(join(dir, 'out'), { recursive: true });
    const shipped = readFileSync(join(__dirname, '../../../examples/us.bureau.yaml'), 'utf8');
    const here = `folders: { keep: ${join(dir, 'kept')}, send: ${join(dir, 'out')} }`;
    writeFileSync(file, shipped.replace(/^folders:.*$/m, here) + more);
    return file;
  };

  it('refuses settings with the place of each mistake', async () => {
    const ran = await run('set', settings('cut_of: 3\n'));
    expect(ran.code).not.toBe(0);
    expect(ran.err).toMatch(/us\.bureau\.yaml:\d+:\d+: BUREAU_SETTINGS_SHAPE: "cut_of" is not right/);
  });

  it('sets a reporting with its schedule, runs a month and corrections, and says what was told', async () => {
    const set = await run('set', settings(), '--json');
    expect(set).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(set.out)).toMatchObject({
      ...{ name: 'us-bureaus', scheduled: true },
      rules: { answerDays: 30, retention: { years: 7, from: 'first-delinquency' }, by: ['US-B5', 'US-B6'] },
    });
    const schedule = await temporal.client.schedule.getHandle('bureau:us-bureaus').describe();
    expect(schedule.action).toMatchObject({ workflowType: 'bureauCycle' });

    const people = join(dir, 'people.csv');
    writeFileSync(
      people,
      'person,surname,first_name,ssn,birth_date,line1,city,state,zip,country\n' +
        'P-77,Sample,Anna,900-00-0001,1980-02-03,1 Example Street,Springfield,IL,62701,US\n' +
        'P-78,Nobody,Ann,900-00-0002,1980-02-03,1 Example Street,Springfield,IL,62701,US\n' +
        'P-79,Wrong,Ann,12,1980-02-03,1 Example Street,Springfield,IL,62701,US\n',
    );
    const taken = await run('people', people, '--lender', 'bank');
    expect(taken.code).toBe(1);
    expect(taken.out).toContain('1 people taken, 2 lines refused.');
    expect(taken.out).toContain('BUREAU_PERSON_FIELD: Line 4: ssn is not right (nine digits)');
    expect(taken.out).not.toContain('Wrong');

    const ran = await run('run', 'us-bureaus', '--month', '2026-03', '--json');
    expect(ran.err).toBe('');
    expect(JSON.parse(ran.out)).toMatchObject({
      phase: 'sent',
      records: 1,
      aside: 0,
      file: 'usbureaus202603.txt',
    });
    expect(readdirSync(join(dir, 'out'))).toEqual(['usbureaus202603.txt']);
    expect((await run('check', join(dir, 'out', 'usbureaus202603.txt'))).code).toBe(0);
    expect((await run('run', 'us-bureaus', '--month', '2026-03')).out).toContain('it was sent before');

    const at = '2026-04-02T02:00:00.000Z';
    const late = { kind: 'payment', id: 'late-1', at, amount: 50_000, valueDate: '2026-03-03' } as const;
    await accept(book.db, account, late, 'test');
    expect((await run('list')).out).toMatch(/us-bureaus.*│ 1 /);
    expect((await run('run', 'us-bureaus', '--corrections')).out).toContain('usbureaus202603c1.txt');
    const told = await run('account', NUMBER);
    expect(told.out).toMatch(/2026-03.*usbureaus202603\.txt.*71/);
    expect(told.out).toMatch(/usbureaus202603c1\.txt.*11.*payment late-1/);
  }, 120_000);

  it('takes what the bureau answers, once, and a rejected record comes back as a task and with the next file', async () => {
    const file = join(dir, 'answers.csv');
    writeFileSync(
      file,
      `file,account,result,code\nusbureaus202603.txt,${NUMBER},rejected,E-12\n` +
        `usbureaus209912.txt,${NUMBER},accepted,\nusbureaus202603.txt,${NUMBER},perhaps,\n`,
    );
    const first = await run('answer', file);
    expect(first.code).toBe(1);
    expect(first.out).toContain('1 answers taken, 1 of them rejections; 0 known; 2 lines refused.');
    expect(first.out).toContain('BUREAU_ANSWER_FIELD: Line 3: file is not right');
    expect((await run('answer', file)).out).toContain('0 answers taken, 0 of them rejections; 1 known');
    const tasks = await book.db.selectFrom('tasks').selectAll().where('account', '=', account).execute();
    expect(tasks).toMatchObject([{ step: 'bureau.rejected', status: 'open', inputs: { codes: ['E-12'] } }]);
    expect((await run('account', NUMBER)).out).toContain('rejected E-12');
    await run('run', 'us-bureaus', '--corrections');
    expect(readdirSync(join(dir, 'out'))).toContain('usbureaus202603c2.txt');
    const [task] = await book.db.selectFrom('tasks').select(['status', 'result']).execute();
    expect(task).toEqual({ status: 'cancelled', result: 'told' });
  }, 120_000);

  it('leaves nothing of a person in what Temporal keeps', async () => {
    let seen = '';
    for await (const { workflowId, runId } of temporal.client.workflow.list()) {
      const history = await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
      for (const event of history.events ?? []) seen += opened(event);
    }
    expect(seen).toContain('usbureaus202603.txt');
    for (const personal of [NUMBER, 'Sample', 'SAMPLE', '900000001', 'Springfield'])
      expect(seen).not.toContain(personal);
  });

  it('where the lender reports itself, its system is told of disputes and notices', async () => {
    const file = join(dir, 'host.bureau.yaml');
    const head =
      'forbear: bureau/1\nname: by-lender\nlender: bank\nfurnished_by: lender\nzone: Asia/Shanghai\n';
    writeFileSync(file, head);
    expect((await run('set', file)).code).toBe(0);
    const raised = { kind: 'dispute-raised', dispute: 'd7', reason: 'not-mine' } as const;
    await accept(book.db, account, { ...raised, id: 'd7-raised', at: '2026-04-03T02:00:00.000Z' }, 'test');
    expect((await run('run', 'by-lender')).out).toContain("the lender's system was told");
    const asked = readdirSync(join(dir, 'host')).map((name) => readFileSync(join(dir, 'host', name), 'utf8'));
    expect(asked.map((one) => JSON.parse(one) as unknown)).toMatchObject([
      { action: 'bureau-mark-dispute', ref: account, account: NUMBER, step: 'd7-raised' },
    ]);
  }, 60_000);
});

/** A history with its payloads as text, so that what is in them is seen. */
function opened(event: unknown): string {
  const json = JSON.stringify(event);
  return json.replace(/"([A-Za-z0-9+/]{4,}={0,2})"/g, (whole, text: string) => {
    return `${whole}${Buffer.from(text, 'base64').toString('utf8')}`;
  });
}
