import { Command } from 'commander';
import { waitingForSecond, type SecondRow } from '../../../book/second-person';
import type { Claim } from '../../../book/staff';
import { localDate } from '../../../domain/calendar/zone';
import { saysRight } from '../../../domain/hold/say';
import type { ForbearClient } from '../../client';
import { common, type CommonOptions, type Context } from '../context';
import { claimOf } from '../staff-claim';
import { table } from '../table';

export type Decision = 'approve' | 'decline' | 'withdraw';

/** What two people decide, and how it is said. */
export interface SecondPersonWords {
  readonly kind: SecondRow['kind'];
  /** The commands that these stand under, such as `offer ends`. */
  readonly under: string;
  /** An id as the examples have it. */
  readonly example: string;
  readonly waiting: string;
  /** The account option, and what `--by` is. */
  readonly account: string;
  readonly by: string;
  /** What the second and the third column of the list are called. */
  readonly columns: readonly [of: string, subject: string];
  readonly of: (row: SecondRow) => string;
  readonly decisions: Readonly<Record<Decision, string>>;
  readonly decide: (client: ForbearClient, id: string, how: Decision, by: Claim) => Promise<SecondRow>;
  readonly done: (row: SecondRow) => string;
}

/** `waiting`, `approve`, `decline` and `withdraw` of something that takes two people. */
export function secondPersonCommands(context: Context, words: SecondPersonWords): readonly Command[] {
  const decisions = Object.entries(words.decisions) as [Decision, string][];
  return [waiting(context, words), ...decisions.map(([how, says]) => deciding(context, words, how, says))];
}

function waiting(context: Context, words: SecondPersonWords): Command {
  const { kind, under, columns, of } = words;
  const command = new Command('waiting')
    .description(words.waiting)
    .option('--account <account>', words.account);
  const examples = [`${under} waiting`, `${under} waiting --account 6214-88 --json`];
  return common(command, examples).action(async (options: CommonOptions & { readonly account?: string }) =>
    context.withClient(options, async (client) => {
      const account = options.account === undefined ? undefined : await client.find(options.account);
      const day = localDate(client.now(), account?.zone ?? 'Asia/Shanghai');
      const rows = await waitingForSecond(client.book.db, day, {
        kind,
        ...(account === undefined ? {} : { account }),
      });
      context.answer(options, rows.map(secondForPrograms), () =>
        rows.length === 0
          ? 'Nothing waits for a second person.'
          : table(
              ['id', ...columns, 'asked by', 'why', 'needs', 'until'],
              rows.map((row) => [
                ...[row.id, of(row), row.subject, row.askedBy],
                ...[row.why ?? '', saysRight(row.needs), row.until],
              ]),
            ),
      );
    }),
  );
}

function deciding(context: Context, words: SecondPersonWords, how: Decision, says: string): Command {
  const { under, example } = words;
  const command = new Command(how)
    .description(says)
    .argument('<id>', `what was asked, as \`${under} waiting\` lists it`)
    .requiredOption('--by <ref>', words.by);
  return common(command, [`${under} ${how} ${example} --by head-1`]).action(
    async (id: string, options: CommonOptions & { readonly by: string }) =>
      context.withClient(options, async (client) => {
        const row = await words.decide(client, id, how, claimOf(context, options.by));
        context.answer(options, secondForPrograms(row), () =>
          how === 'approve' ? words.done(row) : `What was asked is ${row.status}.`,
        );
      }),
  );
}

export const secondForPrograms = ({
  contentHash: _hash,
  ...row
}: SecondRow): Omit<SecondRow, 'contentHash'> => row;
