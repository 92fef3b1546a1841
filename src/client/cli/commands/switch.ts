import { Argument, Command } from 'commander';
import { askToOpen, openSwitch } from '../../../book/open-switch';
import type { Db } from '../../../book/open-book';
import { askRecalls } from '../../../book/placements';
import { roleOf } from '../../../book/staff';
import { actsOf, listSwitches, switchOf, type SwitchAct, type SwitchRow } from '../../../book/stop';
import { fail } from '../../../domain/errors/forbear-error';
import { SCOPES, type Scope } from '../../../domain/policy/switches';
import { healthNow, sayHealthNow } from '../../health';
import { stopAndWait, waitFor, type Acknowledged, type Progress } from '../../stop';
import { checkScope } from '../../stop-scope';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { seldom } from '../seldom';
import { table } from '../table';
import { volume } from './volume';

const STOP = 'id of the stop, or its beginning, as `switch list` shows it';

export function switches(context: Context): Command {
  return withExamples(
    new Command('switch').description('stop what goes out, at once and everywhere; two people open it again'),
    [
      'switch stop everything --why "wrong amounts in the texts" --by op-7',
      'switch stop channel sms --why "the centre sends twice" --by op-7',
      'switch list',
      'switch open x3k9 --why "the centre is repaired" --by op-7',
      'switch open x3k9 --confirm --by head-1',
    ],
  )
    .addCommand(stopping(context))
    .addCommand(opening(context))
    .addCommand(list(context))
    .addCommand(wait(context))
    .addCommand(volume(context));
}

interface StopOptions extends CommonOptions {
  readonly why: string;
  readonly by: string;
  readonly lender?: string;
  readonly butNotices?: boolean;
}

function stopping(context: Context): Command {
  const command = new Command('stop')
    .description('stop before the next send, on every worker; answers when nothing is on its way any more')
    .addArgument(new Argument('<what>', 'what is stopped').choices([...SCOPES]))
    .argument('[name]', 'its name: a strategy as NAME, NAME@VERSION or hash, a jurisdiction as CN or US-CA')
    .requiredOption('--why <text>', 'the reason, for the evidence')
    .requiredOption('--by <ref>', 'opaque reference of who stops; anybody may')
    .option('--lender <lender>', 'only for accounts of that lender')
    .option('--but-notices', 'let notices go that the law wants');
  const examples = [
    'switch stop everything --why "wrong amounts in the texts" --by op-7',
    'switch stop strategy standard-card@3 --why "reminds on Sundays" --by op-7',
    'switch stop jurisdiction US-CA --but-notices --why "new rule" --by comp-1 --json',
  ];
  return common(command, examples).action(
    async (scope: Scope, name: string | undefined, options: StopOptions) =>
      context.withClient(options, async (client) => {
        const { db } = client.book;
        const { value, warning } = await checkScope(db, scope, name);
        if (warning !== null) context.terminal.err(warning);
        const { why, by, lender, butNotices } = options;
        const role = await roleOf(db, claimOf(context, by));
        const request = { scope, value, why, by, role, lender: lender ?? null, notices: butNotices === true };
        const done = await stopAndWait(db, request, seldom(context, sayWaiting));
        const asked = await askRecalls(db, done.stop, client.now());
        const told = { ...forPrograms(done), warning, asked };
        context.answer(options, told, () => `${sayAcknowledged(done)}${sayAsked(scope, asked)}`);
      }),
  );
}

function wait(context: Context): Command {
  const command = new Command('wait')
    .description(
      'wait until nothing is on its way any more that a stop is for, where whoever stopped did not',
    )
    .argument('<stop>', STOP);
  return common(command, ['switch wait x3k9']).action(async (id: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      const made = await switchOf(client.book.db, id);
      const done = await waitFor(client.book.db, made, seldom(context, sayWaiting));
      context.answer(options, forPrograms(done), () => sayAcknowledged(done));
    }),
  );
}

function forPrograms({ stop, waitedFor, tookMs }: Acknowledged) {
  return { ...stop, waitedFor, tookMs };
}

function sayAcknowledged({ stop, waitedFor, tookMs }: Acknowledged): string {
  const out = waitedFor === 0 ? 'Nothing was on its way' : `${waitedFor} on their way have ended`;
  return (
    `Stopped: ${nameOf(stop)} (${stop.id}). ${out}; nothing is sent from now on ` +
    `(${(tookMs / 1000).toFixed(1)} s).`
  );
}

const sayAsked = (scope: Scope, asked: number): string =>
  scope !== 'agency'
    ? ''
    : asked === 0
      ? ' No account is placed with it.'
      : ` ${asked} accounts are placed with it: for each a task asks whether it is recalled (forbear task list --queue agency).`;

const sayWaiting = (at: Progress): string =>
  at.waits === 'reservations'
    ? 'Stopped. Waiting for reservations that are half done …'
    : `Stopped. Waiting for ${at.count} that went out before, until ${at.until ?? 'they end'} at the latest …`;

interface OpenOptions extends CommonOptions {
  readonly why?: string;
  readonly by: string;
  readonly confirm?: boolean;
}

function opening(context: Context): Command {
  const command = new Command('open')
    .description('open a stop again: one person asks, another confirms, both of the staff of the book')
    .argument('<stop>', STOP)
    .requiredOption('--by <ref>', `opaque reference of who acts; the key is taken from ${KEY_VARIABLE}`)
    .option('--why <text>', 'the reason; needed of whoever asks')
    .option('--confirm', 'be the second person');
  const examples = [
    'switch open x3k9 --why "the centre is repaired" --by op-7',
    'switch open x3k9 --confirm --by head-1',
  ];
  return common(command, examples).action(async (id: string, options: OpenOptions) =>
    context.withClient(options, async (client) => {
      const { db } = client.book;
      const claim = claimOf(context, options.by);
      if (options.confirm === true) {
        const row = await openSwitch(db, id, claim, options.why ?? null);
        context.answer(options, row, () => `Open again: ${nameOf(row)}. What waited goes on bit by bit.`);
        return;
      }
      if (options.why === undefined)
        fail('OPTION_WRONG', { option: '--why', wanted: 'given: say the reason' });
      const row = await askToOpen(db, id, claim, options.why);
      context.answer(
        options,
        row,
        () =>
          `Asked. It stands until another person opens it: \`forbear switch open ${row.id} --confirm --by …\``,
      );
    }),
  );
}

interface ListOptions extends CommonOptions {
  readonly all?: boolean;
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('what is stopped, by whom, when and why')
    .option('--all', 'those that were opened again as well');
  return common(command, ['switch list', 'switch list --all --json']).action(async (options: ListOptions) =>
    context.withClient(options, async (client) => {
      const { db } = client.book;
      const rows = await listSwitches(db, options.all === true);
      const acts = await actsBySwitch(db, rows);
      const shown = rows.map((row) => ({ ...row, acts: acts.get(row.id) ?? [] }));
      const at = await healthNow(db, null, client.now());
      context.answer(options, { switches: shown, health: at }, () => {
        if (shown.length === 0) return sayHealthNow(at);
        const stops = table(
          ['stop', 'what', 'since', 'acknowledged', 'who, when and why', 'opened'],
          shown.map((row) => [
            ...[row.id, nameOf(row), row.stoppedAt, row.acknowledgedAt ?? 'not yet: switch wait'],
            ...[row.acts.map(sayAct).join('\n'), row.openedAt],
          ]),
        );
        return `${stops}\n${sayHealthNow(at)}`;
      });
    }),
  );
}

async function actsBySwitch(
  db: Db,
  rows: readonly SwitchRow[],
): Promise<ReadonlyMap<string, readonly SwitchAct[]>> {
  const acts = await actsOf(
    db,
    rows.map(({ id }) => id),
  );
  const found = new Map<string, SwitchAct[]>();
  for (const act of acts) found.set(act.switch, [...(found.get(act.switch) ?? []), act]);
  return found;
}

const ACTS: Readonly<Record<SwitchAct['act'], string>> = {
  stop: 'stopped by',
  acknowledge: 'acknowledged by',
  ask: 'opening asked by',
  open: 'opened by',
};

function sayAct({ act, by, role, why, at }: SwitchAct): string {
  return `${ACTS[act]} ${by}${role === null ? '' : ` (${role})`} ${at}${why === null ? '' : `: ${why}`}`;
}

function nameOf({ cause, scope, value, lender, notices }: SwitchRow): string {
  const what = value === null ? scope : `${scope} ${value.length === 64 ? value.slice(0, 12) : value}`;
  return [
    cause === 'volume' ? `${what}, for its volume` : what,
    ...(lender === null ? [] : [`of ${lender}`]),
    ...(notices ? ['but notices'] : []),
  ].join(', ');
}
