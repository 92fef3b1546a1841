import { BUREAU_SCHEDULE, keepBureauSchedule } from '../../src/worker/bureau-schedule';
import { ownNamespace, type TestNamespace } from '../support/servers';

describe('the schedule of the bureau', () => {
  let at: TestNamespace;
  beforeAll(async () => {
    at = await ownNamespace();
  });
  afterAll(() => at.close());

  const scheduleIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { scheduleId } of at.client.schedule.list()) ids.push(scheduleId);
    return ids;
  };

  it('is not made in a rehearsal, whose months are not the calendar’s', async () => {
    const clock = {
      kind: 'rehearsal',
      epoch: '2026-01-01T00:00:00.000Z',
      started: '2026-01-01T00:00:00.000Z',
      factor: 9,
    } as const;
    await keepBureauSchedule(at.client, 'forbear', clock, 'Asia/Shanghai');
    await expect(at.client.schedule.getHandle(BUREAU_SCHEDULE).describe()).rejects.toThrow();
  });

  it('is made once, keeps what an operator changed, and starts the month’s workflow', async () => {
    await keepBureauSchedule(at.client, 'forbear', { kind: 'real' }, 'Asia/Shanghai');
    const handle = at.client.schedule.getHandle(BUREAU_SCHEDULE);
    await handle.pause('month-end is late');
    await keepBureauSchedule(at.client, 'forbear', { kind: 'real' }, 'Asia/Shanghai');

    const made = await handle.describe();
    expect(made.state.paused).toBe(true);
    expect(made.policies.overlap).toBe('SKIP');
    expect(made.info.nextActionTimes[0]?.toISOString()).toMatch(/-01T20:00:00\.000Z$/);
    expect((await scheduleIds()).filter((id) => id === BUREAU_SCHEDULE).length).toBeLessThanOrEqual(1);

    await handle.trigger();
    const started = await eventually(async () => (await handle.describe()).info.recentActions[0]);
    expect(started.action).toMatchObject({ type: 'startWorkflow' });
    const run = at.client.workflow.getHandle(started.action.workflow.workflowId);
    expect((await run.describe()).type).toBe('bureauMonth');
    await run.terminate();
  });
});

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it never came');
}
