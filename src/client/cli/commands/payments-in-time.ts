import { Argument, Command } from 'commander';
import { localDate } from '../../../domain/calendar/zone';
import type { Context } from '../context';
import { factCommand, money, type FactOptions } from '../facts';

const ACCOUNT = "the book's reference or the lender's number";

interface ClaimOptions extends FactOptions {
  readonly channel: string;
  readonly paidOn?: string;
  readonly amount?: string;
  readonly method?: string;
}

/** The person's word that it is paid. `show` tells whether it rests contact. */
export function claimPaid(context: Context): Command {
  const command = new Command('claim-paid')
    .description('the person says that it is paid: contact rests once in a period, and somebody looks for it')
    .argument('<account>', ACCOUNT)
    .option('--channel <code>', 'how it was said', 'letter')
    .option('--paid-on <day>', 'the day on which it was paid, as the person says')
    .option('--amount <amount>', 'the amount, as the person says')
    .option('--method <code>', 'how it was paid, such as bank or wallet');
  const examples = [
    'claim-paid 6214-88',
    'claim-paid 6214-88 --channel app --paid-on 2026-04-08 --amount 1200.50 --method wallet',
  ];
  return factCommand<ClaimOptions>(command, context, examples, (_args, options, account) => ({
    kind: 'paid-claim',
    channel: options.channel,
    ...(options.paidOn === undefined ? {} : { paidOn: options.paidOn }),
    ...(options.amount === undefined ? {} : { amount: money(options.amount, account) }),
    ...(options.method === undefined ? {} : { method: options.method }),
  }));
}

interface DebitOptions extends FactOptions {
  readonly date?: string;
  readonly due?: string;
  readonly retry?: string;
}

/** What became of a direct debit. From the due date until it is known nobody with autopay is contacted. */
export function debit(context: Context): Command {
  const command = new Command('debit')
    .description('what became of a direct debit: until it is known nobody with autopay is contacted')
    .argument('<account>', ACCOUNT)
    .addArgument(new Argument('<result>', 'what became of it').choices(['paid', 'failed']))
    .option('--date <day>', 'day of the debit, however late the news (today)')
    .option('--due <day>', 'due date that it was for')
    .option('--retry <day>', 'it failed and is tried again on that day');
  const examples = ['debit 6214-88 failed --date 2026-03-25 --retry 2026-03-28', 'debit 6214-88 paid'];
  return factCommand<DebitOptions>(command, context, examples, ([, result], options, account, now) => ({
    kind: 'debit-result',
    date: options.date ?? localDate(now, account.zone),
    result: result === 'paid' ? 'paid' : 'failed',
    ...(options.due === undefined ? {} : { due: options.due }),
    ...(options.retry === undefined ? {} : { retryOn: options.retry }),
  }));
}
