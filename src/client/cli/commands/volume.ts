import { Command, InvalidArgumentError } from 'commander';
import { todayOf, volumeOf } from '../../../book/volume';
import {
  changeVolumeRule,
  confirmVolumeRule,
  volumeRuleActs,
  watchedVolumes,
  type RuleChange,
  type VolumeRuleAct,
} from '../../../book/volume-rules';
import { fail } from '../../../domain/errors/forbear-error';
import { mostAllowed, type Volume } from '../../../domain/policy/volume';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';

const BY = `opaque reference of who acts; the key is taken from ${KEY_VARIABLE}`;

/** What volume is held for a person, and who said so. */
export function volume(context: Context): Command {
  return withExamples(
    new Command('volume').description('how much on a channel and day is unusual and held for people'),
    [
      'switch volume show --lender bank',
      'switch volume set bank sms --times 1.5 --why "small book" --by comp-1',
      'switch volume set bank sms --floor 5000 --why "one more portfolio" --by comp-1',
      'switch volume confirm 17 --by head-1',
    ],
  )
    .addCommand(show(context))
    .addCommand(set(context))
    .addCommand(confirm(context));
}

interface ShowOptions extends CommonOptions {
  readonly lender?: string;
}

function show(context: Context): Command {
  const command = new Command('show')
    .description("today's volume of each channel against what is unusual, and who set that")
    .option('--lender <lender>', 'of one lender only');
  return common(command, ['switch volume show', 'switch volume show --lender bank --json']).action(
    async (options: ShowOptions) =>
      context.withClient(options, async ({ book: { db } }) => {
        const volumes: Volume[] = [];
        for (const of of await watchedVolumes(db, options.lender))
          volumes.push(await volumeOf(db, { ...of, day: await todayOf(db, of.lender) }));
        const acts = await volumeRuleActs(db, options.lender);
        const shown = volumes.map((one) => ({ ...one, allowed: mostAllowed(one) }));
        context.answer(options, { volumes: shown, acts }, () =>
          [sayVolumes(volumes), ...acts.map(sayAct)].join('\n'),
        );
      }),
  );
}

function sayVolumes(volumes: readonly Volume[]): string {
  if (volumes.length === 0) return 'Nothing has gone out or is planned yet, and no rule was set.';
  return table(
    ['lender', 'channel', 'day', 'out', 'planned', 'largest of 8 weeks', 'rule', 'held beyond'],
    volumes.map((one) => [
      ...[one.lender, one.channel, one.day, one.count, one.planned, one.most],
      ...[`${one.rule.times} times, floor ${one.rule.floor}`, one.released ? 'released' : mostAllowed(one)],
    ]),
  );
}

const ACTS: Readonly<Record<VolumeRuleAct['act'], string>> = {
  set: 'set by',
  ask: 'asked for by',
  confirm: 'confirmed by',
};

function sayAct({
  id,
  lender,
  channel,
  act,
  times,
  floor,
  confirms,
  by,
  role,
  why,
  at,
}: VolumeRuleAct): string {
  const number = act === 'ask' ? ` as ${id}` : confirms === null ? '' : ` (${confirms})`;
  const reason = why === null ? '' : `: ${why}`;
  return `${lender} ${channel}: ${times} times, floor ${floor}, ${ACTS[act]} ${by} (${role})${number} ${at}${reason}`;
}

interface SetOptions extends CommonOptions {
  readonly times?: number;
  readonly floor?: number;
  readonly why: string;
  readonly by: string;
}

function set(context: Context): Command {
  const command = new Command('set')
    .description(
      'change what is unusual: a stricter rule at once, a looser one when a second person confirms it',
    )
    .argument('<lender>', 'whose volume')
    .argument('<channel>', 'a channel of messages, such as sms')
    .option('--times <n>', 'so many times the largest day of eight weeks, from 1 on', timesOf)
    .option('--floor <n>', 'never less than so many a day', floorOf)
    .requiredOption('--why <text>', 'the reason, for the evidence')
    .requiredOption('--by <ref>', BY);
  const examples = [
    'switch volume set bank sms --times 1.5 --why "small book" --by comp-1',
    'switch volume set bank email --floor 20000 --why "statements by mail" --by head-1 --json',
  ];
  return common(command, examples).action(async (lender: string, channel: string, options: SetOptions) =>
    context.withClient(options, async ({ book: { db } }) => {
      const { times, floor, why, by } = options;
      if (times === undefined && floor === undefined)
        fail('OPTION_WRONG', { option: '--times', wanted: 'given, and --floor neither' });
      const wanted = { ...(times === undefined ? {} : { times }), ...(floor === undefined ? {} : { floor }) };
      const done = await changeVolumeRule(db, { lender, channel }, wanted, claimOf(context, by), why);
      context.answer(options, { ...done.act, inForce: done.inForce }, () => sayChange(done));
    }),
  );
}

interface ConfirmOptions extends CommonOptions {
  readonly why?: string;
  readonly by: string;
}

function confirm(context: Context): Command {
  const command = new Command('confirm')
    .description('be the second person for a looser rule')
    .argument('<number>', 'number of the asking, as `switch volume show` lists it', numberOf)
    .option('--why <text>', 'the reason, for the evidence')
    .requiredOption('--by <ref>', BY);
  return common(command, ['switch volume confirm 17 --by head-1']).action(
    async (id: number, options: ConfirmOptions) =>
      context.withClient(options, async ({ book: { db } }) => {
        const done = await confirmVolumeRule(db, id, claimOf(context, options.by), options.why ?? null);
        context.answer(options, { ...done.act, inForce: done.inForce }, () => sayChange(done));
      }),
  );
}

function sayChange({ act: { id, lender, channel, times, floor }, inForce }: RuleChange): string {
  const rule = `${times} times the largest day, floor ${floor}, on ${channel} of ${lender}`;
  return inForce
    ? `In force: ${rule}. A hold that stands is opened by two people like any stop.`
    : `Asked as ${id}: ${rule}. It lets more go, so a second person confirms: \`forbear switch volume confirm ${id} --by …\``;
}

function timesOf(text: string): number {
  const times = Number(text);
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || times < 1)
    throw new InvalidArgumentError('It is 1 or more, such as 1.5.');
  return times;
}

function floorOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return Number(text);
}

function numberOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is the number of an asking.');
  return Number(text);
}
