import { Command, Option } from 'commander';
import type { EndedAgreement } from '../../../book/end-agreement';
import { END_REASONS, type AgreementEndReason } from '../../../domain/agreement/end';
import { saysRight } from '../../../domain/hold/say';
import { formatMoney } from '../../../domain/money';
import type { Currency } from '../../../domain/units';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { secondForPrograms, secondPersonCommands, type SecondPersonWords } from './second-person';

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
      const shown = ended.done ? ended : { ...ended, waits: secondForPrograms(ended.waits) };
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
  for (const one of secondPersonCommands(context, ENDS)) command.addCommand(one);
  return command;
}

const ENDS: SecondPersonWords = {
  ...{ kind: 'end-agreement', under: 'offer ends', example: 'end:5f…', account: ACCOUNT, by: BY },
  waiting: 'agreements of weight that somebody asked to end',
  columns: ['account', 'agreement'],
  of: (row) => row.account ?? '',
  decisions: {
    approve: 'let an agreement end, as the second person',
    decline: 'leave it as it is',
    withdraw: 'take back what one asked for',
  },
  decide: (client, id, how, by) => client.decideEnd(id, how, by),
  done: (row) => `The agreement ${row.subject} is over.`,
};
