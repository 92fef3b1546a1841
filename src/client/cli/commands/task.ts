import { Command, Option } from 'commander';
import { listTasks, taskOf, type TaskFilter, type TaskRow } from '../../../book/tasks';
import type { Proof } from '../../../book/visits';
import type { Visitor } from '../../../domain/visit/leave';
import { fail } from '../../../domain/errors/forbear-error';
import { LATE_REASONS, type LateReason } from '../../../domain/account/result-codes';
import { formatMoney } from '../../../domain/money';
import { attemptsMade, startTask, type Spoken } from '../../by-people';
import { accountOf } from '../../../book/accounts';
import { ownerOfTask } from '../../../book/owners';
import { finishWork, stepOf, tellAttempt } from '../../finish-task';
import { resultsOf } from '../../task-result';
import { localDate } from '../../../domain/calendar/zone';
import type { IsoDate } from '../../../domain/units';
import type { ForbearClient } from '../../client';
import { sayOwner } from './person-owner';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { pointOf } from '../endpoints';
import { saySent } from '../facts';
import { sheet, table } from '../table';

const TASK = 'id of the task, as `task list` shows it';

export function task(context: Context): Command {
  return withExamples(new Command('task').description('work for people: calls, visits, letters, decisions'), [
    'task list --queue field --due',
    'task show x3k9w2m1q8r7t5y4',
    'task start x3k9w2m1q8r7t5y4',
    'task done x3k9w2m1q8r7t5y4 --result RPC-HARD --reason lost-work',
  ])
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(start(context))
    .addCommand(done(context));
}

interface ListOptions extends CommonOptions {
  readonly queue?: string;
  readonly account?: string;
  readonly kind?: TaskRow['kind'];
  readonly status: TaskRow['status'];
  readonly due?: boolean;
  readonly owner?: string;
  readonly unowned?: boolean;
  readonly limit: string;
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('tasks by their day, then by when they fall due')
    .option('--queue <queue>', 'only of that queue')
    .option('--account <account>', "only of that account: the book's reference or the lender's number")
    .addOption(
      new Option('--kind <kind>', 'only of that kind').choices(['campaign', 'visit', 'letter', 'task']),
    )
    .addOption(
      new Option('--status <status>', 'open, done, or cancelled by the engine')
        .choices(['open', 'done', 'cancelled'])
        .default('open'),
    )
    .option('--due', 'only those whose day has come and that the plan of the day leaves in it')
    .option('--owner <member>', 'only of people whom that member of staff owns, on all of their accounts')
    .option('--unowned', 'only of people whom nobody owns, or whose owner has left or is away')
    .option('--limit <n>', 'tasks at most', '100');
  const examples = [
    'task list',
    'task list --queue field --due',
    'task list --owner c-7 --due',
    'task list --account 6214-88 --json',
  ];
  return common(command, examples).action(async (options: ListOptions) => {
    const rows = await context.withClient(options, async (client) => {
      const { queue, kind, status, due } = options;
      const account = options.account === undefined ? undefined : (await client.find(options.account)).ref;
      const filter: TaskFilter = {
        status,
        limit: Math.min(10_000, Math.max(1, Number.parseInt(options.limit, 10) || 100)),
        ...(queue === undefined ? {} : { queue }),
        ...(kind === undefined ? {} : { kind }),
        ...(account === undefined ? {} : { account }),
        ...(due === true ? { dueAt: client.now() } : {}),
        ...(options.owner === undefined ? {} : { owner: options.owner }),
        ...(options.unowned === true ? { unownedAt: client.now() } : {}),
      };
      return listTasks(client.book.db, filter);
    });
    context.answer(options, rows, () => {
      if (rows.length === 0) return 'There is no such task.';
      const head = [
        'task',
        'what',
        'account',
        'step',
        'queue',
        'owner',
        'day',
        'due',
        'asked for again',
        'result',
      ];
      return table(
        head,
        rows.map((row) => [
          ...[row.id, whatOf(row), row.account, row.step, row.queue, row.owner, dayOf(row), row.due],
          ...[row.chased === 0 ? null : row.chased, row.result],
        ]),
      );
    });
  });
}

function show(context: Context): Command {
  const command = new Command('show')
    .description('a task with its reason, its figures and the results that it may end with')
    .argument('<task>', TASK);
  const examples = ['task show x3k9w2m1q8r7t5y4', 'task show x3k9w2m1q8r7t5y4 --json'];
  return common(command, examples).action(async (id: string, options: CommonOptions) =>
    context.withClient(options, async (client) => {
      const { db } = client.book;
      const row = await taskOf(db, id);
      const [step, attempts] = await Promise.all([stepOf(db, row), attemptsMade(db, row)]);
      const results = resultsOf(row, step);
      const owner = await ownerOfTask(db, row, await dayAt(client, row));
      context.answer(options, { ...row, attempts, results, owner }, () =>
        sheet([
          ['task', row.id],
          ['what', whatOf(row)],
          ['account', row.account],
          ['step', `${row.step}${step === undefined ? '' : `: ${step.title}`}`],
          ['queue', row.queue],
          ['owner', owner === null ? 'nobody' : sayOwner(owner)],
          ['day', dayOf(row)],
          ['due', row.due],
          ['status', row.result === null ? row.status : `${row.status}: ${row.result}`],
          ['attempts', attempts.length === 0 ? null : attempts.join(', ')],
          ['results', results === null ? 'a short code' : results.join(', ')],
          ...inputsOf(row),
        ]),
      );
    }),
  );
}

/** The book's day where the account is. */
async function dayAt(client: ForbearClient, { account }: TaskRow): Promise<IsoDate> {
  return localDate(client.now(), (await accountOf(client.book.db, account)).zone);
}

interface StartOptions extends CommonOptions {
  readonly by?: string;
  readonly with?: readonly string[];
}

function start(context: Context): Command {
  const command = new Command('start')
    .description('ask the gate before the number is dialled, the team sets out or the letter is posted')
    .argument('<task>', TASK)
    .option(
      '--with <who...>',
      'of a visit, for each who goes: member of staff and identification, f-17:ID-00017',
    )
    .option(
      '--by <member>',
      'of a call: who dials; the first to call a person owns the person, and nobody else calls',
    );
  const examples = [
    'task start x3k9w2m1q8r7t5y4 --by c-7',
    'task start x3k9w2m1q8r7t5y4 --with f-17:ID-00017 --with f-22:ID-00022',
    'task start x3k9w2m1q8r7t5y4 --json',
  ];
  return common(command, examples).action(async (id: string, options: StartOptions) =>
    context.withClient(options, async (client) => {
      const party = (options.with ?? []).map(visitorOf);
      const started = await startTask(client.book.db, id, client.now(), party, options.by);
      if (!started.may) context.refuse();
      context.answer(options, { task: id, ...started }, () =>
        started.may
          ? `Allowed: attempt ${started.attempt}. It counts as made.${speakOf(started.also ?? [])}`
          : `Not allowed (${SAYS[started.answer]}): ${started.rule}.`,
      );
    }),
  );
}

function visitorOf(text: string): Visitor {
  const [ref = '', identification = ''] = text.split(/:(.*)/s).map((part) => part.trim());
  return ref === ''
    ? fail('OPTION_WRONG', {
        option: '--with',
        wanted: 'a member of staff and an identification, such as f-17:ID-00017',
      })
    : { ref, identification };
}

/** The person hears of all at once; a promise then says which account it pays. */
function speakOf(also: readonly Spoken[]): string {
  if (also.length === 0) return '';
  const list = also.map(
    ({ account, pastDue, currency }) => `${account}: ${formatMoney(pastDue, currency)} ${currency}`,
  );
  return ` Speak of these too, and note for which account a promise is: ${list.join('; ')}.`;
}

const SAYS = {
  defer: 'not now',
  block: 'not at all',
  review: 'a person must look first',
} as const;

interface DoneOptions extends CommonOptions {
  readonly result: string;
  readonly reason?: LateReason;
  readonly callBackAt?: string;
  readonly followUp?: string;
  readonly seen?: string;
  readonly recording?: readonly string[];
  readonly more?: boolean;
  readonly owner?: string;
  readonly agency?: string;
  readonly vouch?: string;
  readonly at?: string;
  readonly by?: string;
}

function done(context: Context): Command {
  const command = new Command('done')
    .description('end a task with what came of it, and tell the account')
    .argument('<task>', TASK)
    .requiredOption('--result <result>', 'a result code, or one of the answers that `task show` lists')
    .addOption(
      new Option(
        '--reason <reason>',
        'of a call that reached the right person: why the person is late',
      ).choices([...LATE_REASONS]),
    )
    .option('--call-back-at <moment>', 'when the person asked to be called (RPC-CB)')
    .option('--follow-up <day>', 'the day that was agreed on at a visit')
    .option('--seen <place>', "of a visit: latitude and longitude of the team's device, 31.2304,121.4737")
    .option('--recording <ref...>', 'of a visit: reference of a recording in its store')
    .option('--more', 'one call of a campaign that goes on: the task stays open')
    .option('--owner <member>', 'of a task that asks for an owner: who owns the person from now on (--by)')
    .option('--agency <name>', "of a placement: the agency that it is handed to (the account's fact)")
    .option('--vouch <ref>', 'of a placement: who answers for what the packs of rules cannot know; opaque')
    .option('--at <moment>', 'when it happened (now)')
    .option('--by <ref>', 'opaque reference of who did it; needed where a legal case is decided');
  const examples = [
    'task done x3k9w2m1q8r7t5y4 --result NA --more',
    'task done x3k9w2m1q8r7t5y4 --result RPC-HARD --reason lost-work',
    'task done x3k9w2m1q8r7t5y4 --result not-there --seen 31.2304,121.4737 --recording av/2026/04/10/17-3',
    'task done x3k9w2m1q8r7t5y4 --result arrived --at 2026-04-10T09:30:00+08:00',
    'task done x3k9w2m1q8r7t5y4 --result done --owner c-7 --by lead-1',
    'task done x3k9w2m1q8r7t5y4 --result recall --by lead-1',
    'task done x3k9w2m1q8r7t5y4 --result approved --by counsel-2',
  ];
  return common(command, examples).action(async (id: string, options: DoneOptions) =>
    context.withClient(options, async (client) => {
      const { result, reason, callBackAt, followUp, owner, agency, vouch, at, by } = options;
      const proof = proofOf(options, at ?? client.now());
      const answer = {
        result,
        ...(reason === undefined ? {} : { reason }),
        ...(callBackAt === undefined ? {} : { callBackAt }),
        ...(followUp === undefined ? {} : { followUpOn: followUp }),
        ...(owner === undefined ? {} : { owner }),
        ...(agency === undefined ? {} : { agency }),
        ...(vouch === undefined ? {} : { vouchedBy: vouch }),
        ...(at === undefined ? {} : { at }),
        ...(by === undefined ? {} : { by }),
        ...(proof === undefined ? {} : { proof }),
      };
      const finish = options.more === true ? tellAttempt : finishWork;
      const { task: row, sent, owner: named } = await finish(client, id, answer);
      const told = { task: id, status: row.status, result: row.result, sent };
      context.answer(options, named === undefined ? told : { ...told, owner: named }, () => {
        const done =
          row.status === 'open' ? 'The task stays open.' : `The task is done: ${row.result ?? ''}.`;
        const ended = `${done}${named === undefined ? '' : sayNamed(named)}`;
        return sent === null ? `${ended} The account is told nothing.` : `${ended} ${saySent(sent)}`;
      });
    }),
  );
}

const sayNamed = (owner: string | null): string =>
  owner === null
    ? ' No owner was named by it: `forbear person owner` names one.'
    : ` ${owner} owns the person, on all accounts.`;

/** Where and when the team was, and what it recorded. */
function proofOf({ seen, recording }: DoneOptions, at: string): Proof | undefined {
  if (seen === undefined && recording === undefined) return undefined;
  const recordings = recording === undefined ? {} : { recordings: recording };
  return seen === undefined ? recordings : { ...recordings, ...pointOf('--seen', seen), seenAt: at };
}

function whatOf({ kind, action }: TaskRow): string {
  return action === null || action === kind ? kind : `${kind}: ${action}`;
}

function dayOf({ onDate, windowFrom, windowTo, dailyAttempts, days }: TaskRow): string {
  const window = windowFrom === null || windowTo === null ? '' : ` ${windowFrom}-${windowTo}`;
  const size = dailyAttempts === null ? '' : `, ${dailyAttempts} a day for ${days ?? 1}`;
  return `${onDate}${window}${size}`;
}

/** Figures and reasons that came with the task; what is itself a structure stands in the JSON only. */
function inputsOf({ inputs }: TaskRow): [string, string | number | null][] {
  return Object.entries((inputs ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
  );
}
