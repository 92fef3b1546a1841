import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { MOST_PARTS } from '../../../domain/account/promise';
import { fail } from '../../../domain/errors/forbear-error';
import type { AccountRow } from '../../../book/accounts';
import type { PromiseAnswer } from '../../client';
import { accountToPay, findPerson } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { collected, factCommand, money, type FactOptions } from '../facts';

interface PromiseOptions extends CommonOptions {
  readonly method: string;
  readonly channel: string;
  readonly by: 'debtor' | 'third-party';
  readonly takenBy?: string;
  readonly party?: string;
  readonly part?: readonly string[];
  readonly beside?: boolean;
  readonly restOf?: string;
  readonly id?: string;
}

/** The account answers: an accepted promise rests the ladder, a refused one is refused with its reason. */
export function promise(context: Context): Command {
  const command = new Command('promise')
    .description(
      'ask whether a promise to pay is accepted, and make it; what is less is noted as an intention',
    )
    .argument('<account>', "which account it pays: the book's reference or the lender's number")
    .argument('<amount>', "in the account's currency")
    .argument(
      '[date]',
      'the day by which it will be paid, YYYY-MM-DD; left out: that of the last part, or none',
    )
    .option('--method <code>', 'how it will be paid', 'bank')
    .option('--channel <code>', 'by which channel it was given', 'call')
    .addOption(new Option('--by <who>', 'who gave it').choices(['debtor', 'third-party']).default('debtor'))
    .option('--party <person>', "whose word it is, when another party's than the main one's")
    .option('--taken-by <ref>', 'opaque reference of who took it')
    .option('--part <amount@day>', 'a part of it, such as 500@2026-04-10; once for each', collected)
    .option('--beside', 'it stands beside the open one instead of taking its place')
    .option('--rest-of <promise>', 'it promises once more what was left of that one, kept in part')
    .option('--id <id>', 'id of the promise: asked again with the same id it is the same promise');
  const examples = [
    'promise 6214-88 1200.50 2026-04-17',
    'promise 6214-88 500 2026-04-17 --method wallet --json',
    'promise 6214-88 1200 --part 500@2026-04-10 --part 700@2026-04-24',
    'promise 6214-88 600 2026-04-13 --rest-of p1 --taken-by collector-7',
  ];
  return common(command, examples).action(
    async (ref: string, text: string, date: string | undefined, options: PromiseOptions) =>
      context.withClient(options, async (client) => {
        const account = await accountToPay(client, ref);
        const id = options.id ?? `promise:${randomUUID()}`;
        const parts = options.part?.map((part) => readPart(part, account));
        const last = date ?? parts?.at(-1)?.date;
        const whom = options.party === undefined ? null : await findPerson(client.book.db, options.party);
        const answer = await client.promise(account.ref, {
          ...{ id, promise: id, amount: money(text, account) },
          ...(last === undefined ? {} : { date: last }),
          ...{ method: options.method, channel: options.channel, givenBy: options.by },
          ...(parts === undefined ? {} : { parts }),
          ...(whom === null || whom.ref === account.person ? {} : { party: whom.ref }),
          ...(options.takenBy === undefined ? {} : { by: options.takenBy }),
          ...(options.beside === true ? { beside: true } : {}),
          ...(options.restOf === undefined ? {} : { restOf: options.restOf }),
        });
        if (!answer.accepted) context.refuse();
        context.answer(options, { account: account.ref, ...answer }, () => sayAnswer(id, answer));
      }),
  );
}

function sayAnswer(id: string, { accepted, intention, why }: PromiseAnswer): string {
  if (accepted) return `Accepted as ${id}. ${why}`;
  return intention === true ? `Noted as an intention, which rests nothing. ${why}` : `Refused. ${why}`;
}

function readPart(text: string, account: AccountRow): { amount: number; date: string } {
  const [amount, date, more] = text.split('@');
  if (amount === undefined || date === undefined || more !== undefined)
    return fail('OPTION_WRONG', { option: '--part', wanted: `AMOUNT@DAY, at most ${MOST_PARTS} times` });
  return { amount: money(amount, account), date };
}

/** The person takes the word back: the ladder goes on, and nothing is broken. */
export function promiseCancel(context: Context): Command {
  const command = new Command('promise-cancel')
    .description('an open promise was taken back: it is cancelled, not broken, and the ladder goes on')
    .argument('<account>', "the book's reference or the lender's number")
    .argument('<promise>', 'its id, as `show` lists it');
  const examples = ['promise-cancel 6214-88 p1', 'promise-cancel 6214-88 p1 --by collector-7 --json'];
  return factCommand<FactOptions>(command, context, examples, ([, name = '']) => ({
    kind: 'promise-cancelled',
    promise: name,
  }));
}
