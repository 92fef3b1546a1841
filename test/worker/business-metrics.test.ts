import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runtime } from '@temporalio/worker';
import { settle } from '../../src/book/attempts';
import { reserve } from '../../src/book/permit';
import { BUSINESS_METRICS, BusinessMetrics, keepFigures } from '../../src/worker/business-metrics';
import { readSamples } from '../../src/book/morning/samples';
import { freePorts } from '../../src/stack/ports';
import { at, pays } from '../support/small-account';
import { ask, ownBook } from '../book/book-under-test';
import { setClock } from '../../src/book/clock';
import { SmallBook } from '../book/morning/small-book';

const NOW = at('2026-03-10', 12);
const DASHBOARD = join(__dirname, '..', '..', 'examples', 'grafana-dashboard.json');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

describe('the metrics of the business', () => {
  let book: Awaited<ReturnType<typeof ownBook>>;
  let text = '';
  beforeAll(async () => {
    const [port] = await freePorts(1);
    const address = `127.0.0.1:${port}`;
    Runtime.install({ telemetryOptions: { metrics: { prometheus: { bindAddress: address } } } });
    book = await ownBook();
    // A clock that stands at noon of the day for as long as the test takes.
    const clock = { kind: 'rehearsal', epoch: NOW, started: new Date().toISOString(), factor: 1 } as const;
    await setClock(book.db, clock);
    await fill();
    const errors: unknown[] = [];
    const meter = new BusinessMetrics(Runtime.instance().metricMeter);
    const keeping = keepFigures(book.db, {
      ...{ clock, zone: 'Asia/Shanghai', everySeconds: 3600, metrics: meter },
      onError: (error) => errors.push(error),
    });
    for (const until = Date.now() + 30_000; Date.now() < until && !text.includes('forbear_stops');) {
      await new Promise((done) => setTimeout(done, 200));
      text = await (await fetch(`http://${address}/metrics`)).text();
    }
    await keeping.stop();
    expect(errors).toEqual([]);
  });
  afterAll(() => book.drop());

  async function fill(): Promise<void> {
    const { db } = book;
    const small = await SmallBook.open(db);
    const late = await small.loan('2026-02-01', '2026-02-27', 50_000);
    const cured = await small.loan('2026-02-01', '2026-03-01', 30_000);
    await small.decided(late, '2026-02-28', 'stage-enter', { stage: 'reminder' });
    const money = pays('2026-03-10', 30_000, 10);
    await small.tell(cured, money);
    await small.tell(late, {
      ...{ kind: 'promise', id: 'p', at: at('2026-03-05'), promise: 'P', amount: 50_000, date: '2026-03-08' },
      ...{ method: 'transfer', givenBy: 'debtor', channel: 'call' },
    } as never);
    const permit = await reserve(db, ask(late, small.strategy, 'N1', { now: at('2026-03-10', 11) }));
    if (permit.answer === 'permit') await settle(db, permit.permit, 'unknown');
    await small.decided(late, '2026-03-10', 'promise-broken', {
      amount: 50_000,
      date: '2026-03-08',
      paid: 0,
    });
    await db
      .insertInto('tasks')
      .values({
        ...{
          id: 't',
          kind: 'letter',
          account: late,
          step: 'N1',
          anchor: '2026-02-27',
          n: 9,
          onDate: '2026-03-10',
        },
        person: (
          await db.selectFrom('accounts').select('person').where('ref', '=', late).executeTakeFirstOrThrow()
        ).person,
        ...{ action: null, queue: null, windowFrom: null, windowTo: null, place: null, dailyAttempts: null },
        ...{ days: null, due: NOW, chaseAt: null, result: null, inputs: '{}', closedAt: null },
      } as never)
      .execute();
    await db
      .insertInto('hostData')
      .values({ lender: 'bank', asOf: NOW } as never)
      .execute();
  }

  const value = (metric: string, labels = ''): number | undefined => {
    const line = text
      .split('\n')
      .find(
        (one) =>
          /^[{ ]/.test(one.slice(metric.length)) &&
          one.startsWith(metric) &&
          labels.split(' ').every((l) => one.includes(l)),
      );
    return line === undefined ? undefined : Number(line.split(' ').pop());
  };

  it('stand beside those of the SDK, with what a person would count', () => {
    expect(value('forbear_accounts', 'bucket="M1" stage="reminder"')).toBe(1);
    expect(value('forbear_past_due_minor_units', 'currency="CNY" bucket="M1" stage="reminder"')).toBe(50_000);
    expect(value('forbear_moves_today', 'move="self-cured"')).toBe(1);
    expect(value('forbear_contacts_today', 'channel="sms"')).toBe(1);
    expect(value('forbear_promises_judged_today', 'verdict="broken"')).toBe(1);
    expect(value('forbear_money_today_minor_units', 'kind="payments"')).toBe(30_000);
    expect(value('forbear_attempts_unknown')).toBe(1);
  });

  it('hold no reference of an account and no name', () => {
    const own = text.split('\n').filter((line) => line.startsWith('forbear_'));
    expect(own.join('\n')).not.toMatch(/Wang|\+86|[a-z0-9]{16}/);
  });

  it('every metric that the dashboard names is there', () => {
    const { panels } = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as Dashboard;
    const named = new Set(
      panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\bforbear_\w+/g) ?? [])),
    );
    expect([...named].filter((name) => !text.includes(`\n${name}{`) && !text.includes(`\n${name} `))).toEqual(
      [],
    );
    expect([...named].sort()).toEqual(Object.keys(BUSINESS_METRICS).sort());
    expect(panels.every(({ targets }) => targets.length > 0)).toBe(true);
  });

  it('what is gone is zero, and no metric has labels without bound', async () => {
    const set: [string, number, Record<string, string>][] = [];
    const meter = {
      createGauge: (name: string) => ({
        set: (n: number, tags: Record<string, string>) => set.push([name, n, tags]),
      }),
    };
    const metrics = new BusinessMetrics(meter as never);
    const many = Array.from({ length: 500 }, (_none, i) => ({
      metric: 'forbear_stops',
      labels: { rule: `r${i}` },
      value: 1,
    }));
    metrics.show(many);
    expect(new Set(set.map(([, , tags]) => tags['rule'])).size).toBe(201);
    expect(set.find(([, , tags]) => tags['rule'] === 'other')?.[1]).toBe(300);
    set.length = 0;
    metrics.show([]);
    expect(set.every(([, n]) => n === 0)).toBe(true);
    expect((await readSamples(book.db, '2026-03-10')).length).toBeGreaterThan(8);
  });
});
