import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import type { Released } from '../../../book/release-hold';
import type { SecondRow } from '../../../book/second-person';
import type { HoldType } from '../../../domain/account/events';
import { fail } from '../../../domain/errors/forbear-error';
import { localDate } from '../../../domain/calendar/zone';
import { HOLD_EFFECTS } from '../../../domain/hold/effects';
import { HOLD_RULES } from '../../../domain/hold/rules';
import { saysAllowed, saysBlocked, saysEnd, saysLift, saysRight, saysSet } from '../../../domain/hold/say';
import type { ForbearClient } from '../../client';
import { findPerson, holdWhom, releaseWhom, type Whom } from '../../people';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { factCommand, momentOf, readItem, collected, type FactOptions } from '../facts';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';
import { sayTold } from '../say-told';
import { secondPersonCommands, type SecondPersonWords } from './second-person';

const ACCOUNT = "the book's reference or the lender's number";

interface Scoped extends CommonOptions {
  readonly scope: 'account' | 'person';
}

interface HoldOptions extends FactOptions, Scoped {
  readonly from?: string;
  readonly until?: string;
  readonly hold?: string;
  readonly party?: string;
  readonly item?: readonly string[];
}

const WHO = `${ACCOUNT}; with --scope person that of the person, or of an account of theirs`;

const scope = () =>
  new Option('--scope <scope>', 'what is held').choices(['account', 'person']).default('account');

export function hold(context: Context): Command {
  const command = new Command('hold')
    .description(
      'stop or narrow the treatment of an account, or of a person: a death, a bankruptcy, an illness and the like told of one account hold all accounts of the person; `holds types` says what each kind stops',
    )
    .argument('<who>', WHO)
    .argument('<type>', Object.keys(HOLD_EFFECTS).join(', '))
    .addOption(scope())
    .option('--from <day>', 'first day of it (the day on which it happened)')
    .option(
      '--until <day>',
      'last day of it; without one it has the days of its kind, or ends by release only',
    )
    .option('--hold <id>', 'name of the hold, to release it by (the id of the fact)')
    .option(
      '--party <person>',
      'holds contact with that party of the account only, by the reference that `party list` shows',
    )
    .option(
      '--item <item@amount>',
      'holds that part of the debt only: a due part by its id, or ITEM@AMOUNT',
      collected,
    );
  const examples = [
    'hold 6214-88 illness --until 2026-05-10 --hold h1',
    'hold 6214-88 deceased --party k2f0… --hold d1',
    'hold 6214-88 internal-review --item march --hold r1',
    'hold 6214-88 court-order --hold c1 --by counsel-1',
    'hold P-20 bankruptcy --scope person --hold b1',
  ];
  return factCommand<HoldOptions>(
    command,
    context,
    examples,
    ([, type = ''], options, account, now) => ({
      kind: 'hold',
      hold: options.hold ?? options.id ?? `hold:${randomUUID()}`,
      type: type as HoldType,
      from: options.from ?? localDate(now, account.zone),
      ...(options.until === undefined ? {} : { until: options.until }),
      ...(options.party === undefined ? {} : { party: options.party }),
      ...(options.item === undefined ? {} : { items: options.item.map((one) => readItem(one, account)) }),
    }),
    ([who = '', type = ''], options) =>
      ofPerson(context, who, options, async (client, whom) => {
        for (const [option, value] of [
          ['--party', options.party],
          ['--item', options.item],
        ] as const)
          if (value !== undefined)
            fail('OPTION_WRONG', { option, wanted: 'given with --scope account alone' });
        const at = momentOf(options.at) ?? client.now();
        const said = {
          hold: options.hold ?? options.id ?? `hold:${randomUUID()}`,
          type: type as HoldType,
          from: options.from ?? localDate(at, whom.zone),
          at,
          ...(options.until === undefined ? {} : { until: options.until }),
          ...(options.by === undefined ? {} : { by: options.by }),
        };
        const by = options.by === undefined ? undefined : claimOf(context, options.by);
        const told = await holdWhom(client, whom, said, by);
        context.answer(options, told, () => sayTold(told));
      }),
  );
}

interface ReleaseOptions extends Scoped {
  readonly id?: string;
  readonly at?: string;
  readonly by: string;
  readonly lastDay?: string;
  readonly event?: string;
  readonly on?: string;
  readonly why?: string;
}

export function release(context: Context): Command {
  const command = new Command('release')
    .description('lift a hold; one of weight stands until a second person lets it go (`holds approve`)')
    .argument('<who>', WHO)
    .argument('<hold>', 'name of the hold, as `show` lists it')
    .addOption(scope())
    .requiredOption('--by <ref>', `opaque reference of who lifts it; the key is taken from ${KEY_VARIABLE}`)
    .option('--last-day <day>', 'the last day on which it still held (the day before it is lifted)')
    .option('--event <code>', 'what happened that its kind ends with: the last day follows from it')
    .option('--on <day>', 'the day of that (today)')
    .option('--why <text>', 'the reason, for the second person')
    .option('--id <id>', 'id of the lifting: asked again with the same id it is the same')
    .option('--at <moment>', 'when it was said, such as 2026-04-10T09:30:00+08:00 (now)');
  const examples = [
    'release 6214-88 h1 --by lead-2',
    'release 6214-88 h1 --last-day 2026-05-01 --by lead-2',
    'release 6214-88 b1 --event court-closed --on 2026-05-01 --by counsel-1',
    'release P-20 b1 --scope person --by counsel-1',
  ];
  return common(command, examples).action(async (who: string, name: string, options: ReleaseOptions) => {
    const { id, lastDay, event, on, why } = options;
    const at = momentOf(options.at);
    const given = { id, at, lastDay, event, on, why };
    const told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const said = { hold: name, ...told };
    const by = claimOf(context, options.by);
    const ofThem = await ofPerson(context, who, options, async (client, whom) => {
      const released = await releaseWhom(client, whom, said, by);
      context.answer(options, released, () => (released.done ? sayTold(released) : sayWaits(released.waits)));
    });
    if (ofThem) return;
    await context.withAccount(options, who, async (client, account) => {
      const released = await client.releaseHold({ account: account.ref }, said, by);
      context.answer(options, { account: account.ref, ...released }, () => sayReleased(released));
    });
  });
}

function sayReleased(released: Released): string {
  if (!released.done) return sayWaits(released.waits);
  const [, ...also] = released.accounts;
  const others = also.length === 0 ? '' : ` It was of the person: ${also.join(', ')} go on too.`;
  return `Lifted; the last day on which it holds is ${released.lastDay}.${others}`;
}

const sayWaits = ({ id, needs, until, status }: SecondRow): string =>
  status !== 'waits'
    ? `What was asked under ${id} is ${status}.`
    : `It stands until a second person lets it go (${saysRight(needs)}), by ${until}: forbear holds approve ${id} --by REF`;

/** Said of a person, where the command says so: no account is named, and all of theirs hear of it. */
async function ofPerson(
  context: Context,
  who: string,
  options: Scoped,
  say: (client: ForbearClient, whom: Whom) => Promise<void>,
): Promise<boolean> {
  if (options.scope !== 'person') return false;
  await context.withClient(options, async (client) => say(client, await findPerson(client.book.db, who)));
  return true;
}

export function holds(context: Context): Command {
  const command = withExamples(
    new Command('holds').description('what each kind of hold does, and what waits for a second person'),
    [
      'holds types',
      'holds waiting',
      'holds approve release:5f… --by head-1',
      'holds decline release:5f… --by head-1',
    ],
  );
  command.addCommand(types(context));
  for (const one of secondPersonCommands(context, RELEASES)) command.addCommand(one);
  return command;
}

function types(context: Context): Command {
  const command = new Command('types').description(
    'each kind of hold: what it stops and lets go on, who sets and lifts it, how it ends, what it may be of',
  );
  return common(command, ['holds types', 'holds types --json']).action((options: CommonOptions) => {
    const rows = (Object.keys(HOLD_RULES) as HoldType[]).map((type) => ({
      type,
      stops: saysBlocked(type),
      allows: saysAllowed(type),
      set: saysSet(type),
      lift: saysLift(type),
      ends: saysEnd(type),
      scopes: HOLD_RULES[type].scopes,
    }));
    context.answer(options, rows, () =>
      table(
        ['type', 'stops', 'ends', 'may be of', 'set by', 'lifted by'],
        rows.map((row) => [row.type, row.stops, row.ends, row.scopes.join(', '), row.set, row.lift]),
      ),
    );
  });
}

const RELEASES: SecondPersonWords = {
  ...{ kind: 'release', under: 'holds', example: 'release:5f…', account: ACCOUNT },
  by: `opaque reference of who decides; the key is taken from ${KEY_VARIABLE}`,
  waiting: 'holds of weight that somebody asked to lift, and that wait for a second person',
  columns: ['of', 'hold'],
  of: (row) => row.account ?? row.person,
  decisions: {
    approve: 'let a hold go, as the second person',
    decline: 'leave it as it is',
    withdraw: 'take back what one asked for',
  },
  decide: (client, id, how, by) => client.decideRelease(id, how, by),
  done: (row) => `The hold ${row.subject} is lifted.`,
};

export function close(context: Context): Command {
  const command = new Command('close')
    .description('end the treatment of an account')
    .argument('<account>', ACCOUNT)
    .addArgument(new Argument('<reason>', 'why it ends').choices(['settled', 'sold', 'closed']));
  const examples = ['close 6214-88 settled', 'close 6214-88 sold --by desk-4'];
  return factCommand<FactOptions>(command, context, examples, ([, reason = '']) => ({
    kind: 'close',
    reason: reason as 'settled' | 'sold' | 'closed',
  }));
}
