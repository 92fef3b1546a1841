import { Argument, Command, Option } from 'commander';
import { findAccount } from '../../../book/accounts';
import { recordHappening } from '../../../book/policy/happenings';
import { fail } from '../../../domain/errors/forbear-error';
import { HAPPENINGS, type HappeningName } from '../../../domain/policy/pack/happenings';
import { WAYS, type Way } from '../../../domain/policy/pack/words';
import { findPerson } from '../../people';
import { common, type CommonOptions, type Context } from '../context';
import { momentOf } from '../moment';

interface HappenedOptions extends CommonOptions {
  readonly at?: string;
  readonly account?: string;
  readonly endpoint?: string;
  readonly channel?: Way;
  readonly about?: string;
  readonly says?: 'given' | 'refused';
  readonly form?: 'oral' | 'express' | 'separate' | 'written';
  readonly until?: string;
  readonly by?: string;
}

const OWN_COMMAND: Readonly<Partial<Record<HappeningName, string>>> = {
  preference: 'wish',
  'opt-out': 'opt-out',
};

/** What only the packs ask for, and nobody else tells the book: a consent, a notice on paper, a lawyer, a court. */
export function personHappened(context: Context): Command {
  const command = new Command('happened')
    .description('record what the packs of rules ask for: a consent, a notice on paper, a lawyer, a court')
    .argument('<who>', "the person: its reference, the lender's number for it, or any account of it")
    .addArgument(new Argument('<event>', 'what happened, in the words of the packs').choices(HAPPENINGS))
    .option('--at <moment>', 'when, as 2026-03-10T10:00:00+08:00; left out: now')
    .option('--account <account>', 'the account that it was about; left out: the person')
    .option('--endpoint <ref>', 'the number or address, as `person show` lists it')
    .addOption(new Option('--channel <channel>', 'the channel').choices(WAYS))
    .option('--about <what>', "a consent's name, such as autodialled; a kind of closed day")
    .addOption(new Option('--says <word>', 'of a consent').choices(['given', 'refused']))
    .addOption(
      new Option('--form <form>', 'of a consent').choices(['oral', 'express', 'separate', 'written']),
    )
    .option('--until <moment>', 'the last moment at which it holds')
    .option('--by <ref>', 'opaque reference of who heard it');
  return common(command, [
    'person happened P-20 attorney-named',
    'person happened P-20 consent --about autodialled --says given --form express --by desk-4',
    'person happened P-20 default-notice --account 6214-88 --at 2026-03-10T10:00:00+08:00',
  ]).action(async (who: string, event: HappeningName, options: HappenedOptions) =>
    context.withClient(options, async (client) => {
      // Said here they would bind nobody but packs that have a rule for them.
      const own = OWN_COMMAND[event];
      if (own !== undefined)
        fail('OPTION_WRONG', { option: event, wanted: `said by \`forbear person ${own}\`` });
      const { db } = client.book;
      const { ref } = await findPerson(db, who);
      const account = options.account === undefined ? null : (await findAccount(db, options.account)).ref;
      const { channel, about, says, form, endpoint = null, by = null } = options;
      const at = options.at === undefined ? client.now() : momentOf('--at', options.at);
      const until = options.until === undefined ? null : momentOf('--until', options.until);
      const more = { channel, about, says, form };
      const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
      await recordHappening(db, ref, { event, at, account, endpoint, until, by, ...said });
      const value = { person: ref, event, at, account };
      context.answer(options, value, () => `Recorded: ${event}. The next contact is judged by it.`);
    }),
  );
}
