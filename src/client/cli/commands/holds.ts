import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import { localDate } from '../../../domain/calendar/zone';
import { HOLD_EFFECTS } from '../../../domain/hold/effects';
import type { HoldType } from '../../../domain/account/events';
import type { ForbearClient } from '../../client';
import { findPerson, holdWhom, releaseWhom, type PersonTold, type Whom } from '../../people';
import type { CommonOptions, Context } from '../context';
import { factCommand, momentOf, type FactOptions } from '../facts';
import { sayTold } from '../say-told';

const ACCOUNT = "the book's reference or the lender's number";

interface HoldOptions extends FactOptions, Scoped {
  readonly from?: string;
  readonly until?: string;
  readonly hold?: string;
}

const WHO = `${ACCOUNT}; with --scope person that of the person, or of an account of theirs`;

const scope = () =>
  new Option('--scope <scope>', 'what is held').choices(['account', 'person']).default('account');

export function hold(context: Context): Command {
  const command = new Command('hold')
    .description(
      'stop or narrow the treatment of an account, or of a person: a death, a bankruptcy, an illness and the like told of one account hold all accounts of the person',
    )
    .argument('<who>', WHO)
    .argument('<type>', Object.keys(HOLD_EFFECTS).join(', '))
    .addOption(scope())
    .option('--from <day>', 'first day of it (the day on which it happened)')
    .option('--until <day>', 'last day of it; without one it ends by release only')
    .option('--hold <id>', 'name of the hold, to release it by (the id of the fact)');
  const examples = [
    'hold 6214-88 illness --until 2026-05-10 --hold h1',
    'hold 6214-88 complaint',
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
    }),
    ([who = '', type = ''], options) =>
      ofPerson(context, who, options, (client, whom) => {
        const at = momentOf(options.at) ?? client.now();
        return holdWhom(client, whom, {
          hold: options.hold ?? options.id ?? `hold:${randomUUID()}`,
          type: type as HoldType,
          from: options.from ?? localDate(at, whom.zone),
          at,
          ...(options.until === undefined ? {} : { until: options.until }),
          ...(options.by === undefined ? {} : { by: options.by }),
        });
      }),
  );
}

interface ReleaseOptions extends FactOptions, Scoped {
  readonly lastDay?: string;
}

export function release(context: Context): Command {
  const command = new Command('release')
    .description('lift a hold')
    .argument('<who>', WHO)
    .argument('<hold>', 'name of the hold, as `show` lists it')
    .addOption(scope())
    .option('--last-day <day>', 'the last day on which it still held (yesterday)');
  const examples = [
    'release 6214-88 h1',
    'release 6214-88 h1 --last-day 2026-05-01',
    'release P-20 b1 --scope person',
  ];
  return factCommand<ReleaseOptions>(
    command,
    context,
    examples,
    ([, name = ''], { lastDay }) => ({
      kind: 'release',
      hold: name,
      ...(lastDay === undefined ? {} : { lastDay }),
    }),
    ([who = '', name = ''], options) =>
      ofPerson(context, who, options, (client, whom) =>
        releaseWhom(client, whom, {
          hold: name,
          at: momentOf(options.at) ?? client.now(),
          ...(options.lastDay === undefined ? {} : { lastDay: options.lastDay }),
        }),
      ),
  );
}

interface Scoped extends CommonOptions {
  readonly scope: 'account' | 'person';
}

/** Said of a person, where the command says so: no account is named, and all of theirs hear of it. */
async function ofPerson(
  context: Context,
  who: string,
  options: Scoped,
  say: (client: ForbearClient, whom: Whom) => Promise<PersonTold>,
): Promise<boolean> {
  if (options.scope !== 'person') return false;
  await context.withClient(options, async (client) => {
    const told = await say(client, await findPerson(client.book.db, who));
    context.answer(options, told, () => sayTold(told));
  });
  return true;
}

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
