import { Command } from 'commander';
import { erase, KEEP_YEARS, type Erased } from '../../../book/erase';
import { findPerson } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { counted } from '../table';
import { wholeNumber } from './stack';

interface EraseOptions extends CommonOptions {
  readonly by: string;
  readonly why: string;
  readonly keepYears: string;
}

export function erasing(context: Context): Command {
  const command = new Command('erase')
    .description(
      'take out of the book who the person is, once the time to keep it is over; the evidence stays valid. Cannot be undone',
    )
    .argument(
      '<who>',
      "the book's reference or the lender's number of the person, or of an account of theirs",
    )
    .requiredOption('--by <ref>', `opaque reference of who acts; the key is taken from ${KEY_VARIABLE}`)
    .requiredOption('--why <text>', 'the reason, for the evidence: nothing personal in it')
    .option(
      '--keep-years <n>',
      'years to keep it after the last account ended, not less',
      String(KEEP_YEARS),
    );
  return common(command, [
    'person erase P-20 --why "asked for it, time is over" --by comp-1',
    'person erase x3k9 --keep-years 7 --why "yearly clean-up" --by comp-1 --json',
  ]).action(async (who: string, options: EraseOptions) =>
    context.withClient(options, async ({ book: { db } }) => {
      const { ref } = await findPerson(db, who);
      const keepYears = wholeNumber('--keep-years', options.keepYears);
      const done = await erase(db, ref, { claim: claimOf(context, options.by), why: options.why, keepYears });
      context.answer(options, done, () => sayErased(done));
    }),
  );
}

function sayErased({ person: ref, accounts, endpoints, messages, letters }: Erased): string {
  const gone = [
    counted(accounts, 'number'),
    counted(endpoints, 'endpoint'),
    counted(messages, 'message'),
    counted(letters, 'letter'),
  ];
  return `Erased: the name behind ${ref}, ${gone.join(', ')}. What was done and decided stays, and leads to nobody.`;
}
