import { Argument, Command, Option } from 'commander';
import { LANGUAGE } from '../../../intake/row/defaults';
import { fail } from '../../../domain/errors/forbear-error';
import { PLACES, WAYS, WEEKDAYS } from '../../../domain/policy/pack/words';
import { findPerson } from '../../people';
import { optOut, unwish, wishWhom, type OptedOut, type WishSaid } from '../../wishes';
import { common, type CommonOptions, type Context } from '../context';
import { momentOf } from '../moment';
import { sayTold } from '../say-told';

const WHO = "the book's reference or the lender's number of the person, or of an account of theirs";

interface WishOptions extends CommonOptions {
  readonly notBy?: string;
  readonly onlyBy?: string;
  readonly notOn?: string;
  readonly notBetween?: string;
  readonly onlyBetween?: string;
  readonly notAt?: string;
  readonly language?: string;
  readonly until?: string;
  readonly spoken?: boolean;
  readonly by?: string;
}

/** When, where and how a person wants to be reached, over all accounts. */
export function wishing(context: Context): Command {
  const command = new Command('wish')
    .description('when, where and how the person wants to be reached: binds every account at once')
    .argument('<who>', WHO)
    .option('--not-by <channels>', `not by these: ${WAYS.join(', ')}`)
    .option('--only-by <channels>', 'by these alone')
    .option('--not-on <days>', `not on these days: ${WEEKDAYS.join(', ')}`)
    .option('--not-between <times>', 'not between these times of the person, such as 22:00-08:00')
    .option('--only-between <times>', 'between these times alone, such as 18:00-20:00')
    .option('--not-at <places>', `not there: ${PLACES.join(', ')}`)
    .option('--language <tag>', 'the language to be written to in, such as en')
    .option('--until <moment>', 'the last moment at which it holds; left out: until it is taken back')
    .option(
      '--spoken',
      'it was only said: some packs let that end by itself; the house keeps it all the same',
    )
    .option('--by <ref>', 'opaque reference of who heard it');
  return common(command, [
    'person wish P-20 --not-on fri',
    'person wish P-20 --not-by call --not-between 12:00-14:00 --by desk-4',
    'person wish P-20 --not-at work',
    'person wish 6214-88 --only-by email,letter --language en',
  ]).action(async (who: string, options: WishOptions) =>
    context.withClient(options, async (client) => {
      const whom = await findPerson(client.book.db, who);
      const count = await wishWhom(client, whom, wishOf(options));
      context.answer(
        options,
        { person: whom.ref, kept: count },
        () => 'Kept. The next contact of every account is judged by it.',
      );
    }),
  );
}

function wishOf(options: WishOptions): WishSaid {
  const { notBetween, onlyBetween, language, spoken, by, until } = options;
  if (language !== undefined && !LANGUAGE.test(language))
    fail('OPTION_WRONG', { option: '--language', wanted: 'a tag such as zh or en' });
  const lists = { notBy: options.notBy, onlyBy: options.onlyBy, notOn: options.notOn, notAt: options.notAt };
  const listed = Object.entries(lists).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text.split(/[,;]/).map((part) => part.trim())] as const],
  );
  const plain = { notBetween, onlyBetween, language, spoken, by };
  const given = Object.entries(plain).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries([...listed, ...given]) as WishSaid),
    ...(until === undefined ? {} : { until: momentOf('--until', until) }),
  };
}

/** A wish is taken back. */
export function unwishing(context: Context): Command {
  const command = new Command('unwish')
    .description('the person takes a wish back')
    .argument('<who>', WHO)
    .argument('<wish>', 'its number, as `person show` lists it')
    .option('--by <ref>', 'opaque reference of who heard it');
  return common(command, ['person unwish P-20 7']).action(
    async (who: string, wish: string, options: CommonOptions & { readonly by?: string }) =>
      context.withClient(options, async (client) => {
        const whom = await findPerson(client.book.db, who);
        await unwish(client, whom, wish, options.by ?? null);
        context.answer(options, { person: whom.ref, wish }, () => 'Taken back.');
      }),
  );
}

/** The person does not want to be reached at a number, by a way, or ever again. */
export function optingOut(context: Context): Command {
  const command = new Command('opt-out')
    .description(
      'the person does not want to be reached there, by that way, or ever again: at once, on every account',
    )
    .argument('<who>', WHO)
    .addArgument(
      new Argument('<of>', 'of one number or address, of a channel, or of all contact').choices([
        'endpoint',
        'channel',
        'all',
      ]),
    )
    .addOption(new Option('--channel <channel>', 'the channel').choices(WAYS))
    .option('--endpoint <ref>', 'the number or address, as `person show` lists it')
    .option('--by <ref>', 'opaque reference of who heard it');
  return common(command, [
    'person opt-out P-20 channel --channel sms',
    'person opt-out P-20 endpoint --endpoint k2f0',
    'person opt-out 6214-88 all --by desk-4',
  ]).action(
    async (
      who: string,
      of: string,
      options: CommonOptions & {
        readonly channel?: string;
        readonly endpoint?: string;
        readonly by?: string;
      },
    ) =>
      context.withClient(options, async (client) => {
        const whom = await findPerson(client.book.db, who);
        const { channel, endpoint, by } = options;
        const wrong = (option: string, wanted: string): never => fail('OPTION_WRONG', { option, wanted });
        if (of !== 'channel' && channel !== undefined) wrong('--channel', 'given with `channel` alone');
        if (of !== 'endpoint' && endpoint !== undefined) wrong('--endpoint', 'given with `endpoint` alone');
        if (of === 'channel' && channel === undefined) wrong('--channel', 'given');
        if (of === 'endpoint' && endpoint === undefined) wrong('--endpoint', 'given');
        const told = await optOut(client, whom, {
          ...(channel === undefined ? {} : { channel }),
          ...(endpoint === undefined ? {} : { endpoint }),
          ...(by === undefined ? {} : { by }),
        });
        context.answer(options, told, () => `${sayKept(told)} ${sayTold(told)}`);
      }),
  );
}

const KEPT: Readonly<Record<OptedOut['kept'], string>> = {
  endpoint: 'That number or address is not used any more.',
  channel: 'That channel is refused.',
  hold: 'Nobody contacts the person any more: a law that holds here knows the request, and it is a hold.',
  wish: 'Nothing goes out but notices by letter: no law here knows the request, so it is a wish.',
};

function sayKept({ kept, task }: OptedOut): string {
  return `${KEPT[kept]}${task === null ? '' : ` Task ${task} asks how the account goes on.`}`;
}
