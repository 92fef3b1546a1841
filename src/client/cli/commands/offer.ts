import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { DECIDERS, type Decider } from '../../../domain/agreement/authority';
import { instalmentsOf, type AgreementTerms } from '../../../domain/agreement/agreement';
import { localDate } from '../../../domain/calendar/zone';
import { fail } from '../../../domain/errors/forbear-error';
import { formatMoney } from '../../../domain/money';
import { parseMoney } from '../../../domain/read-money';
import { budgetOf, nameDeputy, setBudget } from '../../../book/authority';
import { budgetLeft, listOffers, type OfferRow } from '../../../book/offers';
import type { AnswerGiven } from '../../../domain/offer/given';
import type { AccountRow } from '../../../book/accounts';
import type { OfferInput } from '../../client';
import { common, withExamples, type CommonOptions, type Context } from '../context';
import { money } from '../facts';
import { claimOf, KEY_VARIABLE } from '../staff-claim';
import { table } from '../table';
import { endOfAgreement, endsOfAgreements } from './offer-end';

const ACCOUNT = "the book's reference or the lender's number";
const BY = `opaque reference of who asks; the key is taken from ${KEY_VARIABLE}, the role from the book`;
const PPM_OF_PERCENT = 10_000;

export function offer(context: Context): Command {
  const command = withExamples(
    new Command('offer').description(
      'what may be agreed with a person: asked for, answered, approved by a second one',
    ),
    [
      'offer plan 6214-88 --count 12 --first 2026-05-10 --by lead-2',
      'offer settlement 6214-88 --amount 8000 --until 2026-05-05 --by lead-2',
      'offer approve o-17 --by head-1',
      'offer list --awaiting',
      'offer end 6214-88 o-17 --why person-asked --by senior-1',
    ],
  );
  for (const kind of KINDS) command.addCommand(kind(context));
  for (const [how, says] of ENDS) command.addCommand(end(context, how, says));
  command.addCommand(endOfAgreement(context)).addCommand(endsOfAgreements(context));
  return command.addCommand(list(context)).addCommand(budget(context)).addCommand(deputy(context));
}

interface AskOptions extends CommonOptions {
  readonly by: string;
  readonly id?: string;
  readonly [given: string]: unknown;
}
type Toward = (options: AskOptions, account: AccountRow) => Omit<OfferInput, 'id'>;

/** One kind of offer: its options, and the offer that they make. */
function kindOf(
  name: string,
  says: string,
  examples: readonly string[],
  options: (command: Command) => Command,
  toOffer: Toward,
): (context: Context) => Command {
  return (context) => {
    const command = options(
      new Command(name).description(says).argument('<account>', ACCOUNT).requiredOption('--by <ref>', BY),
    ).option('--id <id>', 'id of the offer: asked again with the same id it is the same offer');
    return common(command, examples).action(async (text: string, given: AskOptions) =>
      context.withAccount(given, text, async (client, account) => {
        const id = given.id ?? `offer:${randomUUID()}`;
        const asked = { ...toOffer(given, account), id };
        const answer = await client.offer(account.ref, asked, claimOf(context, given.by));
        if (answer.answer !== 'accept') context.refuse();
        context.answer(given, { account: account.ref, ...answer }, () => say(answer, account));
      }),
    );
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const amountIn = (value: unknown, account: AccountRow): number | undefined =>
  text(value) === undefined ? undefined : money(text(value) ?? '', account);
const given = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;

function wholeOf(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(String(value))) fail('OFFER_MALFORMED', { reason: `"${name}" is no whole number` });
  return Number(value);
}

function rateOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(String(value)))
    fail('OFFER_MALFORMED', { reason: '"rate" is no percentage such as 8.4' });
  return Math.round(Number(value) * PPM_OF_PERCENT);
}

/** A file of dates and amounts, one pair a line: `2026-05-10,400.00`. */
function partsIn(file: unknown, account: AccountRow): OfferInput['parts'] {
  const path = text(file);
  if (path === undefined) return undefined;
  let lines: string[] = [];
  try {
    lines = readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    fail('OFFER_MALFORMED', { reason: 'the file of dates and amounts cannot be read' });
  }
  return lines.flatMap((line, index): [string, number][] => {
    if (line.trim() === '') return [];
    const [date, amount, more] = line.split(',').map((part) => part.trim());
    if (date === undefined || amount === undefined || more !== undefined)
      fail('OFFER_MALFORMED', { reason: `line ${index + 1} of the file is no date and amount` });
    return [[date, parseMoney(amount, account.currency)]];
  });
}

const KINDS: readonly ((context: Context) => Command)[] = [
  kindOf(
    'plan',
    'instalments: equal ones with or without interest, or dates and amounts of their own',
    [
      'offer plan 6214-88 --count 12 --first 2026-05-10 --by lead-2',
      'offer plan 6214-88 --count 24 --first 2026-05-10 --rate 8.4 --by lead-2',
      'offer plan 6214-88 --custom dates.csv --by lead-2',
    ],
    (command) =>
      command
        .option('--count <n>', 'number of instalments')
        .option('--first <day>', 'day of the first one, YYYY-MM-DD')
        .option('--rate <percent>', 'interest a year; left out: an even split')
        .option('--down <amount>', 'a first payment of its own size')
        .option('--amount <amount>', 'what is paid in instalments; left out: the whole balance')
        .option('--custom <file>', 'dates and amounts, one pair a line: 2026-05-10,400.00'),
    (options, account) => ({
      kind: 'plan',
      ...given({
        count: wholeOf(options['count'], 'count'),
        first: text(options['first']),
        rate: rateOf(options['rate']),
        down: amountIn(options['down'], account),
        amount: amountIn(options['amount'], account),
        parts: partsIn(options['custom'], account),
      }),
    }),
  ),
  kindOf(
    'settlement',
    'part of the debt as full satisfaction; broken, the whole debt is back',
    [
      'offer settlement 6214-88 --amount 8000 --until 2026-05-05 --by lead-2',
      'offer settlement 6214-88 --custom parts.csv --by lead-2',
    ],
    (command) =>
      command
        .option('--amount <amount>', 'what settles the debt')
        .option('--until <day>', 'by when it is paid, YYYY-MM-DD')
        .option('--custom <file>', 'in parts: dates and amounts, one pair a line'),
    (options, account) => ({
      kind: 'settlement',
      ...given({
        amount: amountIn(options['amount'], account),
        by: text(options['until']),
        parts: partsIn(options['custom'], account),
      }),
    }),
  ),
  kindOf(
    'waiver',
    'something given up, once the rest of what is past due has come by a day',
    ['offer waiver 6214-88 --amount 120 --until 2026-05-05 --by col-5'],
    (command) =>
      command
        .requiredOption('--amount <amount>', 'what is given up')
        .requiredOption('--until <day>', 'by when the rest must come, YYYY-MM-DD'),
    (options, account) => ({
      kind: 'waiver',
      ...given({ amount: amountIn(options['amount'], account), by: text(options['until']) }),
    }),
  ),
  ...(['deferment', 'freeze'] as const).map((kind) =>
    kindOf(
      kind,
      kind === 'deferment' ? 'nothing is asked for, for some months' : 'no interest and charges run',
      [`offer ${kind} 6214-88 --months 2 --by lead-2`],
      (command) => command.requiredOption('--months <n>', 'for so many months'),
      (options) => ({ kind, ...given({ months: wholeOf(options['months'], 'months') }) }),
    ),
  ),
  kindOf(
    'due-date',
    'another day of the month on which parts fall due',
    ['offer due-date 6214-88 --day 10 --by col-5'],
    (command) => command.requiredOption('--day <n>', 'from 1 to 28'),
    (options) => ({ kind: 'due-date', ...given({ day: wholeOf(options['day'], 'day') }) }),
  ),
  kindOf(
    'hardship',
    'what a household can carry, with a review, evidence and counselling',
    ['offer hardship 6214-88 --income 6000 --essentials 4200 --household 2 --review 2026-08-01 --by lead-2'],
    (command) =>
      command
        .requiredOption('--income <amount>', "a month's income, as stated")
        .requiredOption('--essentials <amount>', 'what living costs a month, as stated')
        .option('--household <n>', 'how many heads')
        .requiredOption('--review <day>', 'when it is looked at again, YYYY-MM-DD'),
    (options, account) => ({
      kind: 'hardship',
      ...given({
        income: amountIn(options['income'], account),
        essentials: amountIn(options['essentials'], account),
        household: wholeOf(options['household'], 'household'),
        review: text(options['review']),
      }),
    }),
  ),
];

const HEADS = {
  accept: 'Accepted',
  counter: 'Not so, but this may be agreed',
  'needs-approval': 'Needs approval',
  refuse: 'Refused',
} as const;

function say(
  { offer: id, answer, because, terms, best, by, until }: AnswerGiven,
  account: AccountRow,
): string {
  const head = `${HEADS[answer]} (${id})${by === undefined ? '' : ` by ${by} until ${until ?? ''}`}.`;
  const better = best === undefined ? [] : ['The best that is permitted now:', ...sayTerms(best, account)];
  return [head, ...because, ...(terms === undefined ? [] : sayTerms(terms, account)), ...better].join('\n');
}

/** The dates and amounts of what is paid; of the rest its days. */
function sayTerms(terms: AgreementTerms, { currency }: AccountRow): readonly string[] {
  const rows = instalmentsOf(terms).map(({ n, due, amount }) => [
    String(n),
    due,
    `${formatMoney(amount, currency)} ${currency}`,
  ]);
  if (rows.length > 0) return [table(['n', 'due', 'amount'], rows)];
  if (terms.kind === 'deferment' || terms.kind === 'freeze') return [`From ${terms.from} to ${terms.until}.`];
  if (terms.kind === 'due-date') return [`On day ${terms.day} of each month from ${terms.from}.`];
  return [];
}

const ENDS = [
  ['approve', 'approve an offer that waits, as the second person'],
  ['decline', 'decline an offer that waits'],
  ['withdraw', 'take an offer back that waits'],
] as const;

function end(context: Context, how: (typeof ENDS)[number][0], says: string): Command {
  const command = new Command(how)
    .description(says)
    .argument('<offer>', 'id of the offer')
    .requiredOption('--by <ref>', BY);
  return common(command, [`offer ${how} o-17 --by head-1`]).action(
    async (id: string, options: CommonOptions & { readonly by: string }) =>
      context.withClient(options, async (client) => {
        const row = await client.decideOffer(id, how, claimOf(context, options.by));
        context.answer(options, forPrograms(row), () => `The offer ${id} is ${row.status}.`);
      }),
  );
}

const forPrograms = ({ contentHash: _hash, ...row }: OfferRow): unknown => row;

interface ListOptions extends CommonOptions {
  readonly awaiting?: true;
  readonly account?: string;
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('offers, the latest first, with how they stand')
    .option('--awaiting', 'only those that wait for a second person')
    .option('--account <account>', ACCOUNT);
  return common(command, ['offer list --awaiting', 'offer list --account 6214-88 --json']).action(
    async (options: ListOptions) =>
      context.withClient(options, async (client) => {
        const account = options.account === undefined ? undefined : await client.find(options.account);
        const day = localDate(client.now(), account?.zone ?? 'Asia/Shanghai');
        const rows = await listOffers(client.book.db, {
          day,
          ...(account === undefined ? {} : { account: account.ref }),
          ...(options.awaiting === true ? { awaiting: true } : {}),
        });
        context.answer(options, rows.map(forPrograms), () =>
          rows.length === 0
            ? 'There are no such offers.'
            : table(
                ['offer', 'account', 'kind', 'asked by', 'status', 'waits for', 'until'],
                rows.map((row) => [
                  ...[row.id, row.account, row.kind, row.askedBy, row.status],
                  ...(row.status === 'needs-approval' ? [row.approver ?? '', row.until ?? ''] : ['', '']),
                ]),
              ),
        );
      }),
  );
}

function budget(context: Context): Command {
  const command = new Command('budget')
    .description('what a role may give up a month, and what is left of it')
    .argument('[role]', `one of ${DECIDERS.join(', ')}`)
    .argument('[amount]', 'says it anew, in CNY')
    .option('--by <ref>', BY);
  return common(command, ['offer budget', 'offer budget senior 30000 --by head-1']).action(
    async (
      role: string | undefined,
      amount: string | undefined,
      options: CommonOptions & { readonly by?: string },
    ) =>
      context.withClient(options, async (client) => {
        const { db } = client.book;
        const known = DECIDERS.find((one) => one === role);
        if (role !== undefined && known === undefined)
          fail('OFFER_MALFORMED', { reason: `a role is one of ${DECIDERS.join(', ')}` });
        if (known !== undefined && amount !== undefined)
          await setBudget(db, known, parseMoney(amount, 'CNY'), claimOf(context, options.by ?? ''));
        const day = localDate(client.now(), 'Asia/Shanghai');
        const rows = await Promise.all(
          DECIDERS.filter((one) => one !== 'self-service' && (known ?? one) === one).map(
            async (one: Decider) => ({
              role: one,
              budget: await budgetOf(db, one),
              left: await budgetLeft(db, one, day),
            }),
          ),
        );
        const say = (value: number): string =>
          value > Number.MAX_SAFE_INTEGER / 2 ? 'no end' : formatMoney(value, 'CNY');
        context.answer(options, rows, () =>
          table(
            ['role', 'a month', 'left'],
            rows.map((row) => [row.role, say(row.budget), say(row.left)]),
          ),
        );
      }),
  );
}

interface DeputyOptions extends CommonOptions {
  readonly by: string;
  readonly from: string;
  readonly until: string;
}

function deputy(context: Context): Command {
  const command = new Command('deputy')
    .description('name who decides in your place for some days')
    .argument('<member>', 'opaque reference of the member of staff who stands in')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD')
    .requiredOption('--until <day>', 'last day, YYYY-MM-DD')
    .requiredOption('--by <ref>', BY);
  return common(command, ['offer deputy lead-2 --from 2026-05-01 --until 2026-05-10 --by head-1']).action(
    async (member: string, options: DeputyOptions) =>
      context.withClient(options, async (client) => {
        const { from, until } = options;
        if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || !/^\d{4}-\d{2}-\d{2}$/.test(until))
          fail('OFFER_MALFORMED', { reason: 'a day is YYYY-MM-DD' });
        await nameDeputy(client.book.db, member, from, until, claimOf(context, options.by));
        const said = { member: options.by, deputy: member, from, until };
        context.answer(options, said, () => `${member} decides for ${options.by} from ${from} to ${until}.`);
      }),
  );
}
