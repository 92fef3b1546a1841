import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import { localDate } from '../../../domain/calendar/zone';
import { HOLD_EFFECTS } from '../../../domain/hold/effects';
import type { HoldType } from '../../../domain/account/events';
import type { Context } from '../context';
import { factCommand, money, type FactOptions } from '../facts';

const ACCOUNT = "the book's reference or the lender's number";

interface DisputeOptions extends FactOptions {
  readonly amount?: string;
  readonly reason:
    'not-mine' | 'wrong-amount' | 'already-paid' | 'fraud' | 'identity-theft' | 'service' | 'other';
  readonly dispute?: string;
  readonly resolve?: 'upheld' | 'partly' | 'rejected';
}

export function dispute(context: Context): Command {
  const command = new Command('dispute')
    .description('the debt or a part of it is disputed, or a dispute was decided')
    .argument('<account>', ACCOUNT)
    .option('--amount <amount>', 'the part that is disputed (the whole debt)')
    .addOption(
      new Option('--reason <reason>', 'what the person says')
        .choices(['not-mine', 'wrong-amount', 'already-paid', 'fraud', 'identity-theft', 'service', 'other'])
        .default('other'),
    )
    .option('--dispute <id>', 'name of the dispute (the id of the fact)')
    .addOption(
      new Option('--resolve <outcome>', 'how it was decided').choices(['upheld', 'partly', 'rejected']),
    );
  const examples = [
    'dispute 6214-88 --reason wrong-amount --amount 300 --dispute d1',
    'dispute 6214-88 --dispute d1 --resolve rejected',
  ];
  return factCommand<DisputeOptions>(command, context, examples, (_args, options, account) => {
    const id = options.dispute ?? options.id ?? `dispute:${randomUUID()}`;
    if (options.resolve !== undefined)
      return { kind: 'dispute-resolved', dispute: id, outcome: options.resolve };
    const amount = options.amount === undefined ? {} : { amount: money(options.amount, account) };
    return { kind: 'dispute-raised', dispute: id, reason: options.reason, ...amount };
  });
}

interface HoldOptions extends FactOptions {
  readonly from?: string;
  readonly until?: string;
  readonly hold?: string;
}

export function hold(context: Context): Command {
  const command = new Command('hold')
    .description('stop or narrow the treatment of an account')
    .argument('<account>', ACCOUNT)
    .argument('<type>', Object.keys(HOLD_EFFECTS).join(', '))
    .option('--from <day>', 'first day of it (the day on which it happened)')
    .option('--until <day>', 'last day of it; without one it ends by release only')
    .option('--hold <id>', 'name of the hold, to release it by (the id of the fact)');
  const examples = ['hold 6214-88 illness --until 2026-05-10 --hold h1', 'hold 6214-88 cease-contact'];
  return factCommand<HoldOptions>(command, context, examples, ([, type = ''], options, account, now) => ({
    kind: 'hold',
    hold: options.hold ?? options.id ?? `hold:${randomUUID()}`,
    type: type as HoldType,
    from: options.from ?? localDate(now, account.zone),
    ...(options.until === undefined ? {} : { until: options.until }),
  }));
}

export function release(context: Context): Command {
  const command = new Command('release')
    .description('lift a hold')
    .argument('<account>', ACCOUNT)
    .argument('<hold>', 'name of the hold, as `show` lists it')
    .option('--last-day <day>', 'the last day on which it still held (yesterday)');
  const examples = ['release 6214-88 h1', 'release 6214-88 h1 --last-day 2026-05-01'];
  return factCommand<FactOptions & { readonly lastDay?: string }>(
    command,
    context,
    examples,
    ([, name = ''], { lastDay }) => ({
      kind: 'release',
      hold: name,
      ...(lastDay === undefined ? {} : { lastDay }),
    }),
  );
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
