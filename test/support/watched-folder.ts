import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchState } from '../../src/client/feed/watch';
import { forbear } from './forbear-command';
import { eventually as within, type House } from './house';

const HEADER = 'account,person,past_due,oldest_due,cycles,balance,next_due,next_amount';

/** A feed is many small steps of several processes: on a busy machine each takes its time. */
export const eventually = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> =>
  within(what, holds, 300);

/** A row of a snapshot that owes 900, of which `late` are past due since March. */
export const cardRow = (number: string, late = 100): string =>
  `${number},P-${number},${late}.00,${late === 0 ? ',0' : '2026-03-25,1'},900.00,2026-04-25,90.00`;
export const cardFile = (rows: readonly string[]): readonly string[] => [HEADER, ...rows];
/** What is said of it in the file that is sent last. */
export const totals = (rows: number): string => `rows=${rows}\nsum=${rows * 900}.00\n`;

const FEEDS = [
  '  cards: { kind: snapshot, files: "cards-{date}.csv", ready: "cards-{date}.ok" }',
  '  paid: { kind: payments, files: "paid-{date}.csv", ready: "paid-{date}.ok", none_on: [2026-04-13] }',
];

/** A folder in which files of a lender arrive, watched as people have it watched: by the command line. */
export class WatchedFolder {
  private constructor(
    private readonly house: House,
    readonly lender: string,
    private readonly root: string,
    readonly folder: string,
  ) {}

  static async open(
    house: House,
    root: string,
    lender: string,
    feeds: readonly string[] = FEEDS,
  ): Promise<WatchedFolder> {
    const folder = join(root, lender);
    mkdirSync(folder, { recursive: true });
    const watched = new WatchedFolder(house, lender, root, folder);
    await watched.set(feeds);
    return watched;
  }

  /** Gives the settings, for the first time or others. */
  async set(feeds: readonly string[], more: readonly string[] = []): Promise<void> {
    const { lender } = this;
    const file = join(this.root, `${lender}.feeds.yaml`);
    const lines = [
      ...['forbear: feeds/1', `name: ${lender}`, `lender: ${lender}`, `folder: ${lender}`, 'strategy: small'],
      ...['zone: Asia/Shanghai', 'every_seconds: 10', ...more, 'feeds:', ...feeds],
    ];
    writeFileSync(file, lines.join('\n'));
    expect(await forbear(this.house, ['feed', 'watch', file, '--json'])).toMatchObject({ code: 0, err: '' });
  }

  /** Drops a file and, unless it is still on its way, the one that says that it is whole. */
  drop(name: string, lines: readonly string[], ready: string | null): void {
    writeFileSync(join(this.folder, `${name}.csv`), lines.join('\n'));
    if (ready !== null) writeFileSync(join(this.folder, `${name}.ok`), ready);
  }

  has(...path: string[]): boolean {
    return existsSync(join(this.folder, ...path));
  }

  names(...path: string[]): readonly string[] {
    return readdirSync(join(this.folder, ...path)).sort();
  }

  /** Until the file lies there. */
  lies(...path: string[]): Promise<void> {
    return eventually(`${path.join('/')} is there`, () => this.has(...path));
  }

  async state(): Promise<WatchState> {
    const { out } = await forbear(this.house, ['feed', 'watch', 'list', '--json']);
    const found = (JSON.parse(out) as WatchState[]).find((one) => one.name === this.lender);
    if (found === undefined) throw new Error(`${this.lender} is not watched`);
    return found;
  }

  feeds() {
    const { db } = this.house.client.book;
    return db
      .selectFrom('feeds')
      .selectAll()
      .where('lender', '=', this.lender)
      .orderBy('receivedAt')
      .execute();
  }

  accounts() {
    const { db } = this.house.client.book;
    return db
      .selectFrom('accounts')
      .select(['ref', 'lenderNumber', 'startedAt'])
      .where('lender', '=', this.lender)
      .execute();
  }
}
