import { Command } from 'commander';
import { handOver, ownerActs, ownerOf, type Owner } from '../../../book/owners';
import { localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { findPerson } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';

interface OwnerOptions extends CommonOptions {
  readonly by?: string;
  readonly reason?: string;
  readonly release?: boolean;
}

/** One owner over all accounts of a person: who it is and was, and the hand-over by hand. */
export function owner(context: Context): Command {
  const command = new Command('owner')
    .description('who owns a person, over all accounts; with a member of staff: hands the person over')
    .argument(
      '<who>',
      "the book's reference or the lender's number of the person, or of an account of theirs",
    )
    .argument('[member]', 'who owns the person from now on; left out: shows who does and did')
    .option('--release', 'nobody owns the person from now on')
    .option('--by <ref>', `who hands over, a team leader or head; the key is taken from ${KEY_VARIABLE}`)
    .option('--reason <text>', 'why; it is kept with the hand-over, and names nobody');
  const examples = [
    'person owner P-20',
    'person owner P-20 c-9 --by lead-1 --reason "c-7 changes to the field team"',
    'person owner 6214-88 --release --by lead-1 --reason "complaint about the owner"',
  ];
  return common(command, examples).action(
    async (who: string, member: string | undefined, options: OwnerOptions) =>
      context.withClient(options, async (client) => {
        const { db } = client.book;
        const whom = await findPerson(db, who);
        const at = client.now();
        const day = localDate(at, whom.zone);
        if (member === undefined && options.release !== true) {
          const [now, acts] = [await ownerOf(db, whom.ref, day), await ownerActs(db, whom.ref)];
          context.answer(options, { person: whom.ref, owner: now, acts }, () =>
            [
              now === null ? 'Nobody owns the person.' : `${sayOwner(now)} owns the person.`,
              ...(acts.length === 0
                ? []
                : [
                    table(
                      ['at', 'from', 'to', 'by', 'reason', 'task'],
                      acts.map((act) => [
                        ...[act.at, act.before ?? 'nobody', act.owner ?? 'nobody', act.by],
                        ...[act.reason, act.task],
                      ]),
                    ),
                  ]),
            ].join('\n'),
          );
          return;
        }
        const { by, reason = '' } = options;
        if (member !== undefined && options.release === true)
          fail('OPTION_WRONG', { option: '--release', wanted: 'left out where somebody is named' });
        if (by === undefined) return fail('OPTION_WRONG', { option: '--by', wanted: 'given' });
        if (reason.trim() === '') return fail('OPTION_WRONG', { option: '--reason', wanted: 'given' });
        const to = member ?? null;
        const said = { by: claimOf(context, by), reason, at, day };
        const before = await handOver(db, whom.ref, to, said);
        context.answer(options, { person: whom.ref, before, owner: to }, () =>
          before === to
            ? `${to ?? 'Nobody'} owns the person already.`
            : `${to ?? 'Nobody'} owns the person, on all accounts; before: ${before ?? 'nobody'}.`,
        );
      }),
  );
}

const SAYS_GONE = {
  left: 'has left',
  away: 'is away',
  unfit: 'is not of those who own people',
} as const;

export const sayOwner = ({ ref, gone }: Owner): string =>
  gone === null ? ref : `${ref} (${SAYS_GONE[gone]}: free)`;
