import { Command, Option } from 'commander';
import { localDate } from '../../../domain/calendar/zone';
import { PAYERS, type Payer } from '../../../domain/account/events';
import type { Context } from '../context';
import { factCommand, money, type FactOptions } from '../facts';

interface PayOptions extends FactOptions {
  readonly date?: string;
  readonly posted?: string;
  readonly method?: string;
  readonly pending?: boolean;
  readonly posts?: string;
  readonly payer?: Payer;
}

export function pay(context: Context): Command {
  const command = new Command('pay')
    .description('money came in: steps that are due stop at once')
    .argument('<account>', "the book's reference or the lender's number")
    .argument('<amount>', "in the account's currency, such as 1200.50")
    .option('--date <day>', 'value date: the day on which it counts (the day on which it happened)')
    .option('--posted <day>', 'posting date: the day on which the host knew')
    .option('--method <code>', 'how it was paid, such as bank or wallet')
    .option('--pending', 'announced only: contact rests for its days, nothing is cured')
    .option('--posts <payment>', 'id of the announced payment that is posted with this one')
    .addOption(new Option('--payer <who>', 'who paid, when it was somebody else').choices([...PAYERS]));
  const examples = [
    'pay 6214-88 1200.50',
    'pay 6214-88 1200.50 --date 2026-03-28 --id bank-77120 --method bank',
    'pay x3k9 300 --pending --id wallet-5 --json',
    'pay x3k9 300 --posts wallet-5',
    'pay x3k9 300 --payer employer',
  ];
  return factCommand<PayOptions>(command, context, examples, ([, amount = ''], options, account, now) => ({
    kind: 'payment',
    amount: money(amount, account),
    valueDate: options.date ?? localDate(now, account.zone),
    ...(options.posted === undefined ? {} : { postingDate: options.posted }),
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.pending === true ? { pending: true } : {}),
    ...(options.posts === undefined ? {} : { posts: options.posts }),
    ...(options.payer === undefined ? {} : { payer: options.payer }),
  }));
}

interface ReverseOptions extends FactOptions {
  readonly reason: 'returned' | 'chargeback' | 'mistake';
  readonly undo?: boolean;
}

export function reverse(context: Context): Command {
  const command = new Command('reverse')
    .description('a payment came back: the account is as if it had never been')
    .argument('<account>', "the book's reference or the lender's number")
    .argument('<payment>', 'id of the payment, as `timeline` shows it')
    .addOption(
      new Option('--reason <reason>', 'why')
        .choices(['returned', 'chargeback', 'mistake'])
        .default('returned'),
    )
    .option('--undo', 'the reversal itself was wrong: the payment stands again');
  const examples = ['reverse 6214-88 bank-77120', 'reverse 6214-88 bank-77120 --reason chargeback --undo'];
  return factCommand<ReverseOptions>(command, context, examples, ([, of = ''], { reason, undo }) => ({
    kind: 'reversal',
    of,
    reason,
    ...(undo === true ? { undone: true } : {}),
  }));
}
