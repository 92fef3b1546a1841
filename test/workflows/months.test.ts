import { ApplicationFailure } from '@temporalio/common';
import type { AccountEvent } from '../../src/domain/account/events';
import type { AccountStatus } from '../../src/workflows/messages';
import { Months } from '../support/account-fixture';
import { thirtyYears } from '../support/long-loan';
import { account, owes } from '../support/small-account';
import { contact, smallStrategy } from '../support/small-strategy';

const strategy = smallStrategy([
  contact('R1', [1]),
  contact('R2', [7]),
  contact('N1', [25], { stages: ['negotiation'], channels: ['call'] }),
]);

/** Ten in the morning in Shanghai, when steps come due. */
const ten = (day: string): string => `${day}T02:00:00.000Z`;

const payment = (id: string, day: string, at = ten(day), amount = 100_00): AccountEvent => ({
  kind: 'payment',
  id,
  at,
  amount,
  valueDate: day,
});

let months: Months;
beforeAll(async () => {
  months = await Months.open([strategy]);
}, 120_000);
afterAll(() => months?.close());

const oneDebt = (day: (n: number) => string) => [owes('i1', day(1), 100_00)];

test('an account is reminded, negotiated with, and closed when it has paid and the watch days are over', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await env.sleep('27 days');
    expect(outside.steps()).toEqual([`${day(2)} R1`, `${day(8)} R2`, `${day(26)} N1`]);
    expect(outside.asked.map(({ activity }) => activity)).toEqual(['contact', 'contact', 'schedule']);
    await handle.signal('payment', payment('p1', day(27)));
    await env.sleep('40 days');
    expect(outside.closings.map(({ reason }) => reason)).toEqual(['cured']);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });
});

test('every decision reaches the book once, with the step after it or the closing', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await env.sleep('27 days');
    await handle.signal('payment', payment('p1', day(27)));
    await env.sleep('40 days');
    const reports = [
      ...outside.asked.map(({ request }) => request.report),
      ...outside.closings.map((c) => c.report),
    ];
    const codes = reports.flatMap((report) => report.notes.map(({ code }) => code));
    expect(codes.filter((code) => code === 'episode-start')).toHaveLength(1);
    expect(codes.filter((code) => code === 'stage-enter')).toHaveLength(2);
    expect(codes.filter((code) => code === 'episode-cured')).toHaveLength(1);
    expect(reports.flatMap((report) => report.told.map(({ id }) => id))).toEqual(['p1']);
  });
});

test('three hundred and sixty instalments are carried to the next run in less than four kilobytes', async () => {
  const events = (day: (n: number) => string) =>
    thirtyYears({ day: 25 }).map(({ amount }, k) => owes(`L-${100 + k}`, day(1 + 30 * k), amount));
  await months.live({ strategy, events }, async ({ env, handle, outside, day }) => {
    await env.sleep('27 days');
    expect(outside.steps()).toEqual([`${day(2)} R1`, `${day(8)} R2`, `${day(26)} N1`]);
    const { events: history } = await handle.fetchHistory();
    const started = history?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).toBeTruthy();
    const [payload] = started?.input?.payloads ?? [];
    const input = Buffer.from(payload?.data ?? []).toString();
    expect(Object.keys(JSON.parse(input) as object)).toContain('state');
    expect(input.length).toBeLessThan(4 * 1024);
    const { view } = (await handle.query('status')) as AccountStatus;
    expect(view.balance).toBe(360 * 316_700);
  });
});

test('a payment that happened at the very moment a step came due wins', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await handle.signal('payment', payment('p1', day(2), ten(day(2))));
    await env.sleep('10 days');
    expect(outside.steps()).toEqual([]);
  });
});

test('a message from ahead of the account waits until the account gets there', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await handle.signal('payment', payment('p1', day(5)));
    await env.sleep('3 days');
    expect(((await handle.query('status')) as AccountStatus).view.pastDue).toBe(100_00);
    await env.sleep('3 days');
    expect(((await handle.query('status')) as AccountStatus).view.pastDue).toBe(0);
    expect(outside.steps()).toEqual([`${day(2)} R1`]);
  });
});

test('messages that wait for the first task are taken in the order in which they arrived', async () => {
  const events = (day: (n: number) => string) => [
    owes('i1', day(1), 100_00),
    owes('i2', day(1), 50_00),
    payment('p0', day(0), ten(day(0)), 10_00),
  ];
  const now = new Date(await months.env.currentTimeMs()).toISOString();
  const date = now.slice(0, 10);
  const before = async ({
    handle,
  }: {
    handle: { signal: (name: string, event: unknown) => Promise<void> };
  }) => {
    await handle.signal('dispute-raised', { id: 'd', at: now, dispute: 'd', amount: 1_00, reason: 'other' });
    await handle.signal('reversal', { id: 'r', at: now, of: 'p0', reason: 'returned' });
    await handle.signal('payment', payment('p', date, now, 5_00));
    await handle.signal('promise', { id: 'q', at: now, promise: 'q', givenBy: 'debtor', channel: 'call' });
  };
  await months.live({ strategy, events, before }, async ({ env, outside }) => {
    await env.sleep('3 days');
    expect(outside.asked[0]?.request.report.told.map(({ id }) => id)).toEqual(['d', 'r', 'p', 'q']);
  });
});

test('what was told is known again after continuing as new, payments and promises alike', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await env.sleep('3 days');
    const given = payment('p1', day(3), ten(day(3)), 10_00);
    const promise = {
      kind: 'promise',
      id: 'q1',
      at: ten(day(3)),
      promise: 'q1',
      amount: 90_00,
      date: day(5),
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
    };
    const ask = () => handle.executeUpdate('promise', { args: [promise], updateId: 'u1' });
    await handle.signal('payment', given);
    expect(await ask()).toMatchObject({
      accepted: true,
      why: expect.stringMatching(/of [\d,]+\.\d\d by .* is accepted/),
    });
    // Until the call of the other stage: a weekend in the promise's days may leave the second message out.
    await env.sleep('24 days');
    const first = (await handle.describe()).raw.workflowExecutionInfo?.firstRunId;
    expect((await handle.describe()).runId).not.toBe(first);
    await handle.signal('payment', given);
    expect(await ask()).toMatchObject({ accepted: true });
    const status = (await handle.query('status')) as AccountStatus;
    expect(status.view.pastDue).toBe(90_00);
    expect(status.view.promise).toBe('broken');
    const told = outside.asked.flatMap(({ request }) => request.report.told.map(({ id }) => id));
    expect(told.filter((id) => id === 'q1' || id === 'p1')).toHaveLength(2);
  });
});

test('a promise that comes again with its place in the journal leaves the account at the end of its journal', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await env.sleep('3 days');
    const promise = {
      kind: 'promise',
      id: 'q1',
      at: ten(day(3)),
      promise: 'q1',
      amount: 100_00,
      date: day(5),
      method: 'transfer',
      givenBy: 'debtor',
      channel: 'call',
    };
    expect(await handle.executeUpdate('promise', { args: [promise], updateId: 'u1' })).toMatchObject({
      accepted: true,
    });
    await handle.signal('promise', { ...promise, seq: 1 });
    await handle.signal('payment', { ...payment('p1', day(3), ten(day(3)), 5_00), seq: 2 });
    await env.sleep('25 days');
    const report = outside.asked.at(-1)?.request.report;
    expect(report).toMatchObject({ upTo: 2, view: { pastDue: 95_00, promise: 'broken' } });
    const told = outside.asked.flatMap(({ request }) => request.report.told.map(({ id }) => id));
    expect(told).toEqual(['q1']);
  });
});

test('a promise is refused with its reason, and a shapeless one is an error', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, day }) => {
    await env.sleep('3 days');
    const promise = {
      id: 'q',
      at: ten(day(3)),
      promise: 'q',
      givenBy: 'debtor',
      channel: 'call',
      method: 'transfer',
    };
    const ask = (more: object) => handle.executeUpdate('promise', { args: [{ ...promise, ...more }] });
    expect(await ask({ amount: 100_00, date: day(90) })).toMatchObject({
      accepted: false,
      why: expect.stringContaining('the last day that may be promised'),
    });
    await expect(ask({ amount: 'much', date: day(4) })).rejects.toThrow();
  });
});

test('a debt that falls due in ten thousand days is slept for on one timer', async () => {
  const events = (day: (n: number) => string) => [owes('i1', day(10_000), 100_00)];
  // The time-skipping server ends every workflow after ten years: ten of its days are a hundred here.
  const epoch = new Date(await months.env.currentTimeMs()).toISOString();
  const input = { clock: { kind: 'rehearsal', epoch, started: epoch, factor: 10 } as const };
  await months.live({ strategy, events, input }, async ({ env, handle, outside, day }) => {
    await env.sleep('999 days');
    const timers = (await handle.fetchHistory()).events?.filter((event) => event.timerStartedEventAttributes);
    expect(timers).toHaveLength(1);
    await env.sleep('2 days');
    expect(outside.steps()).toEqual([`${day(10_001)} R1`, `${day(10_007)} R2`]);
  });
});

test('a later deadline leaves the timer alone, an earlier one sets it anew', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, day }) => {
    const timers = async () =>
      ((await handle.fetchHistory()).events ?? []).filter((event) => event.timerStartedEventAttributes)
        .length;
    await env.sleep('1 hour');
    expect(await timers()).toBe(1);
    await handle.signal('hold', { id: 'h', hold: 'h', type: 'pause', from: day(0), until: day(20) });
    await env.sleep('1 hour');
    expect(await timers()).toBe(1);
    await handle.signal('payment', payment('p1', day(1), ten(day(1)), 1_00));
    await env.sleep('1 hour');
    expect(await timers()).toBe(2);
  });
});

test('a reversal of money that the account no longer carries folds it from the journal, with all that was not told', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await env.sleep('1 hour');
    outside.restored = account(day(0), [owes('i1', day(1), 77_00)]);
    await handle.signal('payment', payment('p1', day(0), ten(day(0)), 1_00));
    await handle.signal('reversal', { id: 'r1', of: 'long-ago', reason: 'chargeback', seq: 9 });
    await env.sleep('2 days');
    expect(outside.restorations.map(({ report }) => report?.told.map(({ id }) => id))).toEqual([['p1']]);
    expect(((await handle.query('status')) as AccountStatus).view.pastDue).toBe(77_00);
  });
});

test('what arrives for a moment after the closing is in the final state that the book keeps', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, handle, outside, day }) => {
    await handle.signal('payment', payment('late', day(9)));
    await handle.signal('close', { reason: 'sold' });
    await env.sleep('1 hour');
    expect(outside.closings.length).toBeGreaterThan(0);
    expect(outside.closings.at(-1)?.state.owed.movements.map(({ id }) => id)).toEqual(['late']);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });
});

test('a message whose activity failed is asked for again while its day lasts, and its report goes with the next one', async () => {
  await months.live({ strategy, events: oneDebt }, async ({ env, outside }) => {
    outside.answer = ({ occurrence }) => {
      if (occurrence.step === 'R1') throw ApplicationFailure.nonRetryable('broken');
      return { how: 'done' };
    };
    await env.sleep('9 days');
    const [first, second] = outside.asked.map(({ request }) => request.report.notes.map(({ code }) => code));
    expect(first).toContain('episode-start');
    expect(second).toEqual(expect.arrayContaining(first ?? []));
    const days = outside.steps();
    expect(days.filter((one) => one.endsWith('R1')).length).toBeGreaterThan(1);
    expect(new Set(days.filter((one) => one.endsWith('R1'))).size).toBe(1);
    expect(days.at(-1)).toMatch(/ R2$/);
  });
});

test('an input that was typed by hand and is not whole ends the run, so that the account can be started again', async () => {
  const broken: readonly object[] = [
    { clock: undefined },
    { clock: { kind: 'rehearsal' } },
    { enrolment: {} },
    { enrolment: { terms: { zone: 'Nowhere/Land' }, enteredOn: 'soon', events: [null] } },
    { enrolment: { terms: { zone: 'Asia/Shanghai' }, enteredOn: '2026-01-01', events: 'none' } },
  ];
  for (const input of broken) {
    await months.live({ strategy, events: oneDebt, input }, async ({ handle }) => {
      await expect(handle.result()).rejects.toThrow();
      expect((await handle.describe()).status.name).toBe('FAILED');
    });
  }
});

test('a run of a later generation, or without its strategy, waits for the worker that can decide', async () => {
  for (const input of [{ generation: 999 }, { strategy: { hash: 'unheard-of' } }]) {
    await months.live({ strategy, events: oneDebt, input }, async ({ handle, outside }) => {
      const failed = async (): Promise<boolean> =>
        ((await handle.fetchHistory()).events ?? []).some((event) => event.workflowTaskFailedEventAttributes);
      for (let turn = 0; turn < 50 && !(await failed()); turn += 1)
        await new Promise((r) => setTimeout(r, 100));
      expect(await failed()).toBe(true);
      expect(outside.steps()).toEqual([]);
    });
  }
});
