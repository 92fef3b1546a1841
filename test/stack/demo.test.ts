import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo, type DemoOptions, type DemoResult } from '../../src/stack/demo/demo';
import { Keeper, type ServiceRecord } from '../../src/stack/keeper';
import { removeElsewhere } from '../../src/stack/postgres-place';
import { runs } from '../../src/stack/process-table';

jest.setTimeout(240_000);

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'forbear-demo-'));
});
afterEach(async () => {
  await Keeper.sweep(data);
  removeElsewhere(data);
  rmSync(data, { recursive: true, force: true });
});

const TINY: DemoOptions = { accounts: 3, seed: 7, days: 100, factor: 400_000 };

function received(): { readonly channel: string }[] {
  const text = readFileSync(join(data, 'outside', 'received.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { channel: string });
}

describe('a tiny demo', () => {
  let result: DemoResult;
  const said: string[] = [];
  const services: ServiceRecord[] = [];

  test('runs to the end, and its table adds up', async () => {
    const say = (line: string): void => {
      said.push(line);
      if (line === 'Stopping') services.push(...Keeper.join(data).records());
    };
    const out: string[] = [];
    result = await runDemo({ ...TINY, data, say, out: (line) => out.push(line) });
    const { summary, exitCode } = result;
    expect(exitCode).toBe(0);
    if (summary === null) throw new Error('no summary');

    expect(summary.accounts).toBe(3);
    expect(summary.ends.reduce((sum, end) => sum + end.accounts, 0)).toBe(3);
    expect(Object.keys(summary.reached).length).toBeGreaterThan(0);
    // What the book says came in is what the people paid and did not get back.
    expect(summary.paidByPeople).toBeGreaterThan(0);
    expect(summary.recovered).toBe(summary.paidByPeople);
    // What the book says went out is what lies at the receiver, message by message.
    for (const channel of ['sms', 'email'] as const) {
      const made = summary.made.find((contact) => contact.channel === channel)?.count ?? 0;
      const count = made + summary.after[channel];
      expect({ channel, count: summary.mailbox[channel] }).toEqual({ channel, count });
      expect(received().filter((message) => message.channel === channel)).toHaveLength(count);
    }
    expect(summary.mailbox.sms).toBeGreaterThan(0);
    expect(out.join('\n')).toContain('Money recovered');
    expect(said.filter((line) => line.startsWith('One of the people could not act'))).toEqual([]);
    expect(said.filter((line) => line.includes('unasked'))).toEqual([]);

    // Nothing of it runs any more.
    expect(services.length).toBeGreaterThan(2);
    expect(services.filter((service) => runs(service.process))).toEqual([]);
  });
});
