import { Command, Option } from 'commander';
import { leftAccounts } from '../../../book/feeds/apply-rows';
import { listFeeds, type Feed } from '../../../book/feeds/feeds';
import type { FeedKind } from '../../../book/tables';
import { isIsoDate } from '../../../domain/calendar/day';
import { localDate } from '../../../domain/calendar/zone';
import type { ErrorCode } from '../../../domain/errors/catalogue';
import { fail, render } from '../../../domain/errors/forbear-error';
import { formatMoney } from '../../../domain/money';
import { parseSignedMoney } from '../../../domain/read-money';
import { problemText } from '../../../domain/strategy/document/problem';
import { mappedLayout, plainLayout, type Layout } from '../../../intake/feed/layout';
import { MAPPED, termsOf } from '../../../intake/feed/terms';
import { takeFeed, type TakeOptions, type Taken } from '../../../intake/feed/take';
import { checkMapping, readMapping } from '../../../intake/mapping/read-mapping';
import { interruption } from '../../../stack/interruption';
import { deliverFeed, type Delivered } from '../../feed/deliver';
import type { ForbearClient } from '../../client';
import { common, readText, withExamples, type CommonOptions, type Context } from '../context';
import { feedBar } from '../feed-bar';
import { keepHeapLean } from '../../../intake/file/lean-heap';
import { sheet, table } from '../table';
import { checkFile, nameOf, watch } from './feed-watch';
import { wholeNumber } from './stack';

const KINDS = ['snapshot', 'delta', 'payments', 'debits'] as const satisfies readonly FeedKind[];
const MOST = 1_000;

export function feed(context: Context): Command {
  return withExamples(
    new Command('feed').description("take the lender's daily files, each whole or not at all"),
    [
      'feed cards.csv --as-of 2026-04-10 --kind snapshot --mapping bank-cards.mapping.yaml --strategy standard-card',
      'feed paid.csv --as-of 2026-04-10 --kind payments --lender bank --rows 120 --sum 88000.00',
      'feed watch bank.feeds.yaml',
      'feed list',
      'feed left',
    ],
  )
    .addCommand(take(context), { isDefault: true })
    .addCommand(watch(context))
    .addCommand(check(context))
    .addCommand(list(context))
    .addCommand(left(context));
}

interface FeedOptions extends CommonOptions {
  readonly asOf: string;
  readonly kind: FeedKind;
  readonly mapping?: string;
  readonly lender?: string;
  readonly strategy?: string;
  readonly rows?: string;
  readonly sum?: string;
  readonly currency?: string;
  readonly zone?: string;
  readonly rejects?: string;
  readonly rate?: string;
  readonly leaveShare?: string;
  readonly letLeave?: string;
  readonly sameAgain?: string;
}

function take(context: Context): Command {
  const command = new Command('take')
    .description('take one file; `take` need not be said')
    .argument('<file>', 'CSV or JSON lines; docs/feeds.md says what of')
    .requiredOption('--as-of <date>', 'the business day that it is of, or a moment where a day has several')
    .addOption(new Option('--kind <kind>', 'what it tells').choices([...KINDS]).makeOptionMandatory())
    .option('--mapping <file>', "how the lender's own layout is read; without one it is in Forbear's columns")
    .option('--lender <name>', 'whose it is, where no mapping says so', 'lender')
    .option('--strategy <name>', 'published strategy: whose accounts begin, and under what')
    .option('--rows <n>', 'how many rows it should have')
    .option('--sum <amount>', 'what they come to')
    .option('--currency <code>', 'of rows that name none (that of the strategy, or CNY)')
    .option('--zone <zone>', "the lender's calendar days (that of the strategy, or Asia/Shanghai)")
    .option('--rejects <file>', 'where rows go that cannot be taken (FILE.rejects.csv)')
    .option('--rate <n>', 'most accounts started a second')
    .option('--leave-share <percent>', 'how much of the book may leave with one snapshot')
    .option('--let-leave <name>', 'who answers for it that more may leave')
    .option('--same-again <name>', 'who answers for it that the file of another day is that of this day too');
  const examples = [
    'feed take cards.csv --as-of 2026-04-10 --kind snapshot --mapping bank.mapping.yaml --strategy standard-card',
    'feed take late.jsonl --as-of 2026-04-10T08:00:00+08:00 --kind delta --strategy standard-card --rows 9 --sum 5100.00',
    'feed take cards.csv --as-of 2026-04-11 --kind snapshot --mapping bank.mapping.yaml --strategy standard-card --let-leave w.li',
  ];
  return common(command, examples).action((file: string, options: FeedOptions) =>
    context.withClient(options, async (client) => {
      const rejects = options.rejects ?? `${file}.rejects.csv`;
      const stopped = interruption();
      keepHeapLean();
      const bar = feedBar(context.terminal.isTTY);
      try {
        const given = await takeOptions(client, options, rejects);
        const taken = await takeFeed(client.book.db, file, { ...given, onProgress: bar.take });
        const rate = options.rate === undefined ? {} : { rate: wholeNumber('--rate', options.rate) };
        const onProgress = bar.deliver(taken.feed.counts);
        const delivered = await deliverFeed(client.desk, taken.feed, {
          ...{ ...rate, signal: stopped.signal, onProgress },
        });
        bar.stop();
        if (taken.rejected > 0) context.refuse();
        if (stopped.signal.aborted) context.exitCode = stopped.exitCode();
        const { id, counts } = taken.feed;
        const told = { ...delivered, rejects: taken.rejected > 0 ? rejects : null };
        context.answer(
          options,
          {
            feed: id,
            known: taken.known,
            sameAs: taken.feed.sameAs,
            ...counts,
            byCode: taken.byCode,
            ...told,
          },
          () => say(taken, delivered, rejects),
        );
      } finally {
        bar.stop();
        stopped.dispose();
      }
    }),
  );
}

function layoutOf(options: FeedOptions): Layout {
  const wanted = MAPPED[options.kind];
  if (options.mapping === undefined) return plainLayout(options.lender ?? 'lender', wanted);
  const layout = mappedLayout(readMapping(readText(options.mapping), options.mapping));
  if (layout.kind !== wanted) fail('FEED_KIND_DIFFERS', { wanted: layout.kind, found: options.kind });
  return layout;
}

async function takeOptions(
  client: ForbearClient,
  options: FeedOptions,
  rejects: string,
): Promise<TakeOptions> {
  const layout = layoutOf(options);
  const { db } = client.book;
  const { strategy, currency, zone } = await termsOf(db, layout, options);
  const { rows, sum, leaveShare, letLeave, sameAgain } = options;
  return {
    ...{ layout, kind: options.kind, strategy, currency, zone, rejects, now: client.now() },
    ...dayOf(options.asOf, zone),
    announced: {
      ...(rows === undefined ? {} : { rows: rowsOf(rows) }),
      ...(sum === undefined ? {} : { sum: parseSignedMoney(sum, currency) }),
    },
    ...(leaveShare === undefined ? {} : { leaveShare: percentOf(leaveShare) }),
    ...(letLeave === undefined ? {} : { letLeaveBy: nameOf('--let-leave', letLeave) }),
    ...(sameAgain === undefined ? {} : { sameAgainBy: nameOf('--same-again', sameAgain) }),
  };
}

function dayOf(text: string, zone: string): Pick<TakeOptions, 'businessDate' | 'moment'> {
  if (isIsoDate(text)) return { businessDate: text };
  const at = new Date(text);
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at.getTime()))
    fail('OPTION_WRONG', { option: '--as-of', wanted: 'a day as YYYY-MM-DD, or a moment with its offset' });
  const moment = at.toISOString();
  return { businessDate: localDate(moment, zone), moment };
}

/** On some days nobody paid: a file may have no rows, and that is announced. */
function rowsOf(text: string): number {
  return text.trim() === '0' ? 0 : wholeNumber('--rows', text);
}

function percentOf(text: string): number {
  const percent = Number(text);
  if (text.trim() === '' || !(percent >= 0 && percent <= 100))
    fail('OPTION_WRONG', { option: '--leave-share', wanted: 'percent from 0 to 100' });
  return percent;
}

function say({ feed: taken, known, rejected, byCode }: Taken, delivered: Delivered, rejects: string): string {
  const { counts } = taken;
  const head = known
    ? `This file was taken before, as feed ${taken.id} of ${taken.businessDate}; nothing of it was taken again.\n`
    : '';
  const lines = sheet([
    ['feed', taken.id],
    ['rows', counts['rows'] ?? 0],
    ['new', counts['fresh'] ?? null],
    ['changed', counts['changed'] ?? null],
    ['unchanged', counts['same'] ?? null],
    ['kept for accounts to come', counts['kept'] ?? null],
    ['accounts begun', counts['enrol'] ?? null],
    ['due day back, explained', counts['explained'] || null],
    ['left', counts['left'] ?? null],
    ['back again', counts['back'] ?? null],
    ['rejected', known ? (counts['rejected'] ?? 0) : rejected],
    ['started', delivered.started],
    ['told', delivered.told],
  ]);
  const codes = Object.entries(byCode).sort(([, a], [, b]) => b - a);
  const why = codes.length === 0 ? '' : `\n${table(['reason', 'rows'], codes)}\nThe rows are in ${rejects}.`;
  const unnamed = (counts['unnamed'] ?? 0) > 0 && taken.kind === 'snapshot';
  const again = taken.sameAs === null ? '' : `\nIt is byte by byte the file of feed ${taken.sameAs}.`;
  return `${head}${lines}${again}${why}${unnamed ? '\nSome rows do not say whose they are, so nobody was let leave.' : ''}`;
}

function check(context: Context): Command {
  const command = new Command('check')
    .description(
      'say everything that is wrong with a mapping, or with the settings of a watched folder, with line and column',
    )
    .argument('<document>', 'a mapping or a settings document');
  return common(command, ['feed check bank-cards.mapping.yaml', 'feed check bank.feeds.yaml']).action(
    (file: string, options: CommonOptions) => {
      const text = readText(file);
      const isSettings = /^forbear:\s*['"]?feeds\//m.test(text);
      const { problems } = isSettings ? checkFile(text, file) : checkMapping(text, file);
      if (problems.length > 0) context.refuse();
      context.answer(options, { file, problems }, () =>
        problems.length === 0 ? `${file}: nothing is wrong.` : problems.map(problemText).join('\n'),
      );
    },
  );
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('the latest files, taken or refused, and why')
    .option('--lender <name>', 'only of that lender');
  return common(command, ['feed list', 'feed list --lender bank --json']).action(
    async (options: CommonOptions & { readonly lender?: string }) => {
      const feeds = await context.withClient(options, ({ book }) => listFeeds(book.db, 50, options.lender));
      context.answer(options, feeds, () =>
        feeds.length === 0
          ? 'No file was taken yet.'
          : table(
              ['feed', 'of', 'lender', 'source', 'kind', 'rows', 'state'],
              feeds.map((one) => [
                ...[one.id, one.businessDate, one.lender, one.source, one.kind, one.counts['rows'] ?? ''],
                stateOf(one),
              ]),
            ),
      );
    },
  );
}

/** Why it was refused; of one that was taken how far it is, and who answered for it. */
function stateOf({ status, code, args, overriddenBy, sameBy }: Feed): string {
  if (code !== null) return render(code as ErrorCode, args ?? {});
  return [
    status,
    ...(overriddenBy === null ? [] : [`let leave by ${overriddenBy}`]),
    ...(sameBy === null ? [] : [`the same again by ${sameBy}`]),
  ].join(', ');
}

function left(context: Context): Command {
  const command = new Command('left')
    .description(
      'accounts that the last snapshot has no more: nothing goes out until somebody says what became of them',
    )
    .option('--lender <name>', 'only of that lender');
  return common(command, ['feed left', 'feed left --lender bank --json']).action(
    async (options: CommonOptions & { readonly lender?: string }) => {
      const rows = await context.withClient(options, ({ book }) =>
        leftAccounts(book.db, MOST, options.lender),
      );
      context.answer(options, rows, () =>
        rows.length === 0
          ? 'Nobody has left.'
          : table(
              ['account', 'left on', 'reason', 'past due'],
              rows.map((row) => [
                ...[row.account ?? '', row.leftOn, row.reason],
                `${formatMoney(row.pastDue, row.currency)} ${row.currency}`,
              ]),
            ),
      );
    },
  );
}
