import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import type { AccountRow } from '../../../book/accounts';
import { DISPUTE_REASONS, type DisputeReason } from '../../../domain/account/dispute-reasons';
import type { DisputeResolved } from '../../../domain/account/events';
import type { EventInput } from '../../client';
import type { Context } from '../context';
import { collected, factCommand, money, readItem, type FactOptions } from '../facts';

interface DisputeOptions extends FactOptions {
  readonly amount?: string;
  readonly item?: readonly string[];
  readonly reason: DisputeReason;
  readonly dispute?: string;
  readonly again?: boolean;
  readonly evidence?: 'asked' | 'received';
  readonly resolve?: DisputeResolved['outcome'];
}

/** Raised, proved or decided: what is disputed is frozen at once, and the rest goes on. */
export function dispute(context: Context): Command {
  const command = new Command('dispute')
    .description('the debt or a part of it is disputed, proof was asked for or came, or it was decided')
    .argument('<account>', "the book's reference or the lender's number")
    .option(
      '--amount <amount>',
      'the part that is disputed (the whole debt); with --resolve partly: the part won',
    )
    .option('--item <item@amount>', 'what is disputed: a due part by its id, or ITEM@AMOUNT', collected)
    .addOption(
      new Option('--reason <reason>', 'what the person says').choices(DISPUTE_REASONS).default('other'),
    )
    .option('--dispute <id>', 'name of the dispute (the id of the fact)')
    .option('--again', 'a person decided to look at it anew, although the same was decided before')
    .addOption(new Option('--evidence <how>', 'proof for it').choices(['asked', 'received']))
    .addOption(
      new Option('--resolve <outcome>', 'how it was decided').choices(['upheld', 'partly', 'rejected']),
    );
  const examples = [
    'dispute 6214-88 --reason wrong-amount --amount 300 --dispute d1',
    'dispute 6214-88 --reason service --item purchase-77@400 --dispute d2',
    'dispute 6214-88 --dispute d1 --evidence received',
    'dispute 6214-88 --dispute d1 --resolve partly --amount 120',
    'dispute 6214-88 --reason not-mine --dispute d3 --again --by lead-1',
  ];
  return factCommand<DisputeOptions>(command, context, examples, (_args, options, account) => {
    const id = options.dispute ?? options.id ?? `dispute:${randomUUID()}`;
    const amount = options.amount === undefined ? {} : { amount: money(options.amount, account) };
    if (options.evidence !== undefined)
      return { kind: 'dispute-evidence', dispute: id, evidence: options.evidence };
    if (options.resolve !== undefined)
      return { kind: 'dispute-resolved', dispute: id, outcome: options.resolve, ...amount };
    return raised(id, options, account, amount);
  });
}

function raised(
  id: string,
  { reason, item, again }: DisputeOptions,
  account: AccountRow,
  amount: { readonly amount?: number },
): EventInput {
  const items = item?.map((one) => readItem(one, account));
  return {
    ...{ kind: 'dispute-raised', dispute: id, reason },
    ...amount,
    ...(items === undefined ? {} : { items }),
    ...(again === true ? { again } : {}),
  };
}
