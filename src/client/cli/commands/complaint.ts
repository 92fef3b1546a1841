import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { complaintCounts, type CountedBy } from '../../../book/complaints';
import type { ComplaintAnswered } from '../../../domain/account/events';
import { COMPLAINT_CAUSES, type ComplaintCause } from '../../../domain/account/complaint-causes';
import { isIsoDate } from '../../../domain/calendar/day';
import { fail } from '../../../domain/errors/forbear-error';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { factCommand, type FactOptions } from '../facts';
import { table } from '../table';

const ACCOUNT = "the book's reference or the lender's number";

export function complaint(context: Context): Command {
  return withExamples(
    new Command('complaint').description(
      'complaints: each rests contact for its days once a matter, takes whom it is about off, and wants an answer',
    ),
    [
      'complaint tell 6214-88 conduct --collector c-7 --complaint k1',
      'complaint answer 6214-88 k1 upheld --by lead-1',
      'complaint count --by collector --since 2026-01-01',
    ],
  )
    .addCommand(tell(context))
    .addCommand(answer(context))
    .addCommand(count(context));
}

interface TellOptions extends FactOptions {
  readonly collector?: string;
  readonly agency?: string;
  readonly matter?: string;
  readonly complaint?: string;
  readonly channel: string;
  readonly rests?: boolean;
}

function tell(context: Context): Command {
  const command = new Command('tell')
    .description('somebody complained: contact rests for the days of the cause, notices by law go on')
    .argument('<account>', ACCOUNT)
    .argument('<cause>', COMPLAINT_CAUSES.join(', '))
    .option(
      '--collector <ref>',
      'opaque reference of the collector whom it is about: he is taken off the person',
    )
    .option('--agency <ref>', 'opaque reference of the agency whom it is about')
    .option(
      '--matter <name>',
      'name of the matter: it rests contact once (the same cause about the same people)',
    )
    .option('--complaint <id>', 'name of the complaint (the id of the fact)')
    .option('--channel <code>', 'how it came', 'letter')
    .option('--rests', 'a person (--by) decided that it rests contact again');
  const examples = [
    'complaint tell 6214-88 conduct --collector c-7 --complaint k1',
    'complaint tell 6214-88 frequency --matter calls-in-march --rests --by lead-1',
  ];
  return factCommand<TellOptions>(command, context, examples, ([, cause = ''], options) => {
    const { collector, agency, matter, channel, rests } = options;
    return {
      ...{ kind: 'complaint', cause: cause as ComplaintCause, channel },
      complaint: options.complaint ?? options.id ?? `complaint:${randomUUID()}`,
      ...(collector === undefined ? {} : { collector }),
      ...(agency === undefined ? {} : { agency }),
      ...(matter === undefined ? {} : { matter }),
      ...(rests === true ? { rests } : {}),
    };
  });
}

function answer(context: Context): Command {
  const command = new Command('answer')
    .description('a complaint was answered; rejected, whom it was about may work on the person again')
    .argument('<account>', ACCOUNT)
    .argument('<complaint>', 'its id, as `show` lists it')
    .argument('<outcome>', 'upheld, partly, rejected');
  return factCommand<FactOptions>(
    command,
    context,
    ['complaint answer 6214-88 k1 upheld --by lead-1'],
    ([, name = '', outcome = '']) => ({
      kind: 'complaint-answered',
      complaint: name,
      outcome: outcome as ComplaintAnswered['outcome'],
    }),
  );
}

interface CountOptions extends CommonOptions {
  readonly by: CountedBy;
  readonly since?: string;
}

function count(context: Context): Command {
  const command = new Command('count')
    .description('how many complaints there were, and how many of them are open or were right')
    .addOption(
      new Option('--by <what>', 'counted by').choices(['cause', 'collector', 'agency']).default('cause'),
    )
    .option('--since <day>', 'only those told from that day on, YYYY-MM-DD');
  const examples = ['complaint count', 'complaint count --by agency --since 2026-01-01 --json'];
  return common(command, examples).action(async (options: CountOptions) => {
    const { since } = options;
    if (since !== undefined && !isIsoDate(since)) fail('IMPOSSIBLE_DATE', { date: since });
    const rows = await context.withClient(options, (client) =>
      complaintCounts(client.book.db, options.by, since ?? null),
    );
    context.answer(options, rows, () =>
      rows.length === 0
        ? 'There was no complaint.'
        : table(
            [options.by, 'complaints', 'open', 'right', 'right in part', 'wrong'],
            rows.map(({ of, told, open, upheld, partly, rejected }) => [
              ...[of, told, open, upheld, partly, rejected].map(String),
            ]),
          ),
    );
  });
}
