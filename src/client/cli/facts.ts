import type { Command } from 'commander';
import type { EventInput, Sent } from '../client';
import type { AccountRow } from '../../book/accounts';
import { amountOf, common, type CommonOptions, type Context } from './context';

export interface FactOptions extends CommonOptions {
  readonly id?: string;
  readonly at?: string;
  readonly by?: string;
}

/** A command that tells one fact about one account: `--id` makes it safe to repeat, `--at` says when it happened. */
export function factCommand<O extends FactOptions>(
  command: Command,
  context: Context,
  examples: readonly string[],
  toEvent: (args: readonly string[], options: O, account: AccountRow, now: string) => EventInput,
): Command {
  return common(command, examples)
    .option('--id <id>', 'id of the fact: sent again with the same id it is the same fact')
    .option('--at <moment>', 'when it happened, such as 2026-04-10T09:30:00+08:00 (now)')
    .option('--by <ref>', 'opaque reference of who says so')
    .action(async (...given: unknown[]) => {
      const options = given.at(-2) as O;
      const args = given.slice(0, -2) as string[];
      await context.withAccount(options, args[0] ?? '', async (client, account) => {
        const { id, at, by } = options;
        const event = toEvent(args, options, account, client.now());
        const sent = await client.tell(account.ref, {
          ...event,
          ...(id === undefined ? {} : { id }),
          ...(at === undefined ? {} : { at }),
          ...(by === undefined ? {} : { by }),
        });
        context.answer(options, { account: account.ref, ...sent }, () => saySent(sent));
      });
    });
}

const TOLD: Readonly<Record<Sent['told'], string>> = {
  told: "The account's workflow has it.",
  waiting: 'Temporal cannot be reached now; it counts already, and the account is told by the sweep.',
  late: 'The account is closed and stays so: the fact stands in its journal as late.',
  reopened: 'The account was closed and is open again.',
};

export function saySent({ id, seq, duplicate, told }: Sent): string {
  const accepted = duplicate
    ? `${id} stood in the journal before (${seq}).`
    : `Accepted as ${id} (journal ${seq}).`;
  return `${accepted} ${TOLD[told]}`;
}

export const money = (text: string, account: AccountRow): number => amountOf(text, account.currency);
