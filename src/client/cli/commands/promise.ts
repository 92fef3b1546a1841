import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { accountToPay } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { money } from '../facts';

interface PromiseOptions extends CommonOptions {
  readonly method: string;
  readonly channel: string;
  readonly by: 'debtor' | 'third-party';
  readonly id?: string;
}

/** The account answers: an accepted promise rests the ladder, a refused one is refused with its reason. */
export function promise(context: Context): Command {
  const command = new Command('promise')
    .description('ask whether a promise to pay is accepted, and make it')
    .argument('<account>', "which account it pays: the book's reference or the lender's number")
    .argument('<amount>', "in the account's currency")
    .argument('<date>', 'the day by which it will be paid, YYYY-MM-DD')
    .option('--method <code>', 'how it will be paid', 'bank')
    .option('--channel <code>', 'by which channel it was given', 'call')
    .addOption(new Option('--by <who>', 'who gave it').choices(['debtor', 'third-party']).default('debtor'))
    .option('--id <id>', 'id of the promise: asked again with the same id it is the same promise');
  const examples = [
    'promise 6214-88 1200.50 2026-04-17',
    'promise 6214-88 500 2026-04-17 --method wallet --json',
  ];
  return common(command, examples).action(
    async (ref: string, text: string, date: string, options: PromiseOptions) =>
      context.withClient(options, async (client) => {
        const account = await accountToPay(client, ref);
        const id = options.id ?? `promise:${randomUUID()}`;
        const answer = await client.promise(account.ref, {
          id,
          promise: id,
          amount: money(text, account),
          date,
          method: options.method,
          channel: options.channel,
          givenBy: options.by,
        });
        if (!answer.accepted) context.refuse();
        context.answer(options, { account: account.ref, ...answer }, () =>
          answer.accepted ? `Accepted as ${id}. ${answer.why}` : `Refused. ${answer.why}`,
        );
      }),
  );
}
