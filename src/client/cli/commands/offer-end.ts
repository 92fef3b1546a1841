import { Command, Option } from 'commander';
import type { EndedAgreement } from '../../../book/end-agreement';
import { waitingForSecond, type SecondRow } from '../../../book/second-person';
import { END_REASONS, type AgreementEndReason } from '../../../domain/agreement/end';
import { localDate } from '../../../domain/calendar/zone';
import { saysRight } from '../../../domain/hold/say';
import { formatMoney } from '../../../domain/money';
import type { Currency } from '../../../domain/units';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';

const ACCOUNT = "the book's reference or the lender's number";
const BY = `opaque reference of who says so; the key is taken from ${KEY_VARIABLE}, the role from the book`;

interface EndOptions extends CommonOptions {
  readonly why: AgreementEndReason;
  readonly by: string;
  readonly id?: string;
}

/** `offer end`: an agreement that runs is over by a decision of the staff. */
export function endOfAgreement(context: Context): Command {
  const command = new Command('end')
    .description(
      'end an agreement that runs; one that gave something up stands until a second person lets it end (`offer ends`)',
    )
    .argument('<account>', ACCOUNT)
    .argument('<agreement>', 'id of the offer that it came from, as `offer list` shows it')
    .addOption(new Option('--why <code>', 'the reason').choices(END_REASONS).makeOptionMandatory())
    .requiredOption('--by <ref>', BY)
    .option('--id <id>', 'id of the ending: asked again with the same id it is the same');
  const examples = [
    'offer end 6214-88 o-17 --why person-asked --by senior-1',
    'offer end 6214-88 o-18 --why wrong-figures --id end-o-18 --by senior-1 --json',
  ];
  return common(command, examples).action(async (text: string, agreement: string, options: EndOptions) =>
    context.withAccount(options, text, async (client, { ref, currency }) => {
      const { why: reason, id } = options;
      const said = { agreement, reason, ...(id === undefined ? {} : { id }) };
      const ended = await client.endAgreement(ref, said, claimOf(context, options.by));
      const shown = ended.done ? ended : { ...ended, waits: forPrograms(ended.waits) };
      context.answer(options, { account: ref, ...shown }, () => say(ended, currency));
    }),
  );
}

function say(ended: EndedAgreement, currency: Currency): string {
  if (!ended.done) {
    const { id, needs, until } = ended.waits;
    return `It stands until a second person lets it end (${saysRight(needs)}), by ${until}: forbear offer ends approve ${id} --by REF`;
  }
  const { agreement, back } = ended;
  const over = `The agreement ${agreement} is over.`;
  if (back === null) return over;
  return `${over} ${formatMoney(back.amount, currency)} ${currency} are back in the budget of ${back.role} for ${back.month}.`;
}

/** `offer ends`: what waits for a second person, and what that one says. */
export function endsOfAgreements(context: Context): Command {
  const command = withExamples(
    new Command('ends').description('ends of agreements that wait for a second person'),
    [
      'offer ends waiting',
      'offer ends approve end:5f… --by head-1',
      'offer ends decline end:5f… --by head-1',
    ],
  );
  command.addCommand(waiting(context));
  for (const [how, says] of DECISIONS) command.addCommand(deciding(context, how, says));
  return command;
}

function waiting(context: Context): Command {
  const command = new Command('waiting')
    .description('agreements of weight that somebody asked to end')
    .option('--account <account>', ACCOUNT);
  const examples = ['offer ends waiting', 'offer ends waiting --account 6214-88 --json'];
  return common(command, examples).action(async (options: CommonOptions & { readonly account?: string }) =>
    context.withClient(options, async (client) => {
      const account = options.account === undefined ? undefined : await client.find(options.account);
      const day = localDate(client.now(), account?.zone ?? 'Asia/Shanghai');
      const rows = await waitingForSecond(client.book.db, day, {
        kind: 'end-agreement',
        ...(account === undefined ? {} : { account }),
      });
      context.answer(options, rows.map(forPrograms), () =>
        rows.length === 0
          ? 'Nothing waits for a second person.'
          : table(
              ['id', 'account', 'agreement', 'asked by', 'why', 'needs', 'until'],
              rows.map((row) => [
                ...[row.id, row.account ?? '', row.subject, row.askedBy],
                ...[row.why ?? '', saysRight(row.needs), row.until],
              ]),
            ),
      );
    }),
  );
}

const DECISIONS = [
  ['approve', 'let an agreement end, as the second person'],
  ['decline', 'leave it as it is'],
  ['withdraw', 'take back what one asked for'],
] as const;

function deciding(context: Context, how: (typeof DECISIONS)[number][0], says: string): Command {
  const command = new Command(how)
    .description(says)
    .argument('<id>', 'what was asked, as `offer ends waiting` lists it')
    .requiredOption('--by <ref>', BY);
  return common(command, [`offer ends ${how} end:5f… --by head-1`]).action(
    async (id: string, options: CommonOptions & { readonly by: string }) =>
      context.withClient(options, async (client) => {
        const row = await client.decideEnd(id, how, claimOf(context, options.by));
        context.answer(options, forPrograms(row), () =>
          how === 'approve' ? `The agreement ${row.subject} is over.` : `What was asked is ${row.status}.`,
        );
      }),
  );
}

const forPrograms = ({ contentHash: _hash, ...row }: SecondRow): Omit<SecondRow, 'contentHash'> => row;
