import { Command, InvalidArgumentError } from 'commander';
import {
  addStaff,
  awayStaff,
  changeKey,
  confirmStaff,
  dismissStaff,
  listStaff,
  type StaffRow,
} from '../../../book/staff';
import { isIsoDate } from '../../../domain/calendar/day';
import { fail } from '../../../domain/errors/forbear-error';
import { ROLES, type Role } from '../../../domain/staff/roles';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';

const MEMBER = 'opaque reference of the member of staff, never a name';
const BY = `opaque reference of who does it; the key is taken from ${KEY_VARIABLE}`;

export function staff(context: Context): Command {
  return withExamples(
    new Command('staff').description(
      'who may act for the lender, and in which roles: the book knows, not the caller',
    ),
    [
      'staff add head-1 --role head',
      'staff add comp-1 --role compliance --by head-1',
      'staff key --by comp-1',
      'staff confirm op-7 --by comp-1',
      'staff list',
    ],
  )
    .addCommand(add(context))
    .addCommand(confirm(context))
    .addCommand(key(context))
    .addCommand(dismiss(context))
    .addCommand(away(context))
    .addCommand(list(context));
}

interface AddOptions extends CommonOptions {
  readonly role: readonly Role[];
  readonly by?: string;
}

function add(context: Context): Command {
  const command = new Command('add')
    .description(
      'add a member of staff; shows the key, once. After the first two a second person must confirm',
    )
    .argument('<member>', MEMBER)
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}; may be given more than once`, collected)
    .option('--by <ref>', `${BY}; only the first of a book needs nobody`);
  const examples = [
    'staff add head-1 --role head',
    'staff add op-7 --role operator --role senior --by head-1',
  ];
  return common(command, examples).action(async (ref: string, options: AddOptions) =>
    context.withClient(options, async (client) => {
      const by = options.by === undefined ? null : claimOf(context, options.by);
      const added = await addStaff(client.book.db, ref, options.role, by);
      context.answer(options, added, () =>
        [
          `${ref} is ${options.role.join(', ')}. Key, shown this once: ${added.key}`,
          ...(by === null
            ? []
            : [`${ref} changes it with \`forbear staff key --by ${ref}\` before using it.`]),
          ...(added.active ? [] : [`A second person confirms: \`forbear staff confirm ${ref} --by …\``]),
        ].join('\n'),
      );
    }),
  );
}

function collected(value: string, before: readonly Role[] = []): readonly Role[] {
  const role = ROLES.find((one) => one === value);
  if (role === undefined) throw new InvalidArgumentError(`It is one of ${ROLES.join(', ')}.`);
  return [...new Set([...before, role])];
}

interface ByOptions extends CommonOptions {
  readonly by: string;
}

function confirm(context: Context): Command {
  const command = new Command('confirm')
    .description('the second person confirms a new member of staff')
    .argument('<member>', MEMBER)
    .requiredOption('--by <ref>', BY);
  return common(command, ['staff confirm op-7 --by comp-1']).action(async (ref: string, options: ByOptions) =>
    context.withClient(options, async (client) => {
      const row = await confirmStaff(client.book.db, ref, claimOf(context, options.by));
      context.answer(options, row, () => `${ref} may act as ${row.roles.join(', ')}.`);
    }),
  );
}

function key(context: Context): Command {
  const command = new Command('key')
    .description('change your own key: shows the new one, once, and ends the old one')
    .requiredOption('--by <ref>', BY);
  return common(command, ['staff key --by comp-1']).action(async (options: ByOptions) =>
    context.withClient(options, async (client) => {
      const changed = await changeKey(client.book.db, claimOf(context, options.by));
      context.answer(options, changed, () => `Key of ${changed.ref}, shown this once: ${changed.key}`);
    }),
  );
}

function dismiss(context: Context): Command {
  const command = new Command('leave')
    .description('a member of staff leaves: nobody acts under that reference any more')
    .argument('<member>', MEMBER)
    .requiredOption('--by <ref>', BY);
  return common(command, ['staff leave op-7 --by head-1']).action(async (ref: string, options: ByOptions) =>
    context.withClient(options, async (client) => {
      const row = await dismissStaff(client.book.db, ref, claimOf(context, options.by));
      context.answer(options, row, () => `${ref} is no longer of the staff.`);
    }),
  );
}

interface AwayOptions extends ByOptions {
  readonly until?: string;
  readonly back?: boolean;
}

function away(context: Context): Command {
  const command = new Command('away')
    .description('a member of staff is away: people whom he owns are free meanwhile')
    .argument('<member>', MEMBER)
    .option('--until <day>', 'the last day of it')
    .option('--back', 'is back')
    .requiredOption('--by <ref>', `${BY}; a team leader or head`);
  const examples = ['staff away c-7 --until 2026-05-08 --by lead-1', 'staff away c-7 --back --by lead-1'];
  return common(command, examples).action(async (ref: string, options: AwayOptions) =>
    context.withClient(options, async (client) => {
      const until = options.back === true ? null : (options.until ?? '');
      if (until !== null && !isIsoDate(until))
        fail('OPTION_WRONG', { option: '--until', wanted: 'a real day as YYYY-MM-DD, or --back' });
      const row = await awayStaff(client.book.db, ref, until, claimOf(context, options.by));
      context.answer(options, row, () =>
        until === null ? `${ref} is back.` : `${ref} is away until ${until}.`,
      );
    }),
  );
}

function list(context: Context): Command {
  const command = new Command('list').description('everybody and their roles, those who have left included');
  return common(command, ['staff list', 'staff list --json']).action(async (options: CommonOptions) => {
    const rows = await context.withClient(options, (client) => listStaff(client.book.db));
    context.answer(options, rows, () =>
      rows.length === 0
        ? 'The book knows no staff yet: `forbear staff add` adds the first.'
        : table(
            ['member', 'roles', 'added', 'status'],
            rows.map((row) => [row.ref, row.roles.join(', '), row.addedAt, statusOf(row)]),
          ),
    );
  });
}

function statusOf({ activeAt, leftAt, awayUntil }: StaffRow): string {
  if (leftAt !== null) return `left ${leftAt}`;
  if (awayUntil !== null) return `away until ${awayUntil}`;
  return activeAt === null ? 'waits for a second person' : 'may act';
}
