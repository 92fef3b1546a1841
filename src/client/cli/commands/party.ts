import { Argument, Command } from 'commander';
import { foldAt } from '../../../book/fold';
import { readClock } from '../../../book/clock';
import { limitations } from '../../../book/limitation';
import { addParty, endParty, partiesOf, type NewParty } from '../../../book/parties';
import { usableEndpoints } from '../../../book/people';
import { strategyByHash } from '../../../book/strategies';
import type { AccountRow } from '../../../book/accounts';
import { addDays } from '../../../domain/calendar/day';
import { localDate } from '../../../domain/calendar/zone';
import { standing } from '../../../domain/delinquency/standing';
import { fail } from '../../../domain/errors/forbear-error';
import { formatMoney } from '../../../domain/money';
import { PARTY_RIGHTS } from '../../../domain/party/rights';
import { PARTY_ROLES, type PartyRole } from '../../../domain/party/roles';
import type { IsoDate } from '../../../domain/units';
import type { ForbearClient } from '../../client';
import { findPerson } from '../../people';
import { amountOf, common, type CommonOptions, type Context } from '../context';
import {
  addEverywhere,
  day,
  endEverywhere,
  personFrom,
  type AddOptions,
  type EndOptions,
} from './party-everywhere';
import { table } from '../table';

const ACCOUNT = "the book's reference or the lender's number";
type OtherRole = NewParty['role'];
const OTHERS = PARTY_ROLES.filter((role): role is OtherRole => role !== 'main');

/** Who stands on an account beside the person who owes first. */
export function party(context: Context): Command {
  const command = new Command('party').description(
    'other people on an account: joint borrowers, guarantors, heirs',
  );
  command.addCommand(list(context), { isDefault: false });
  command.addCommand(add(context));
  command.addCommand(end(context));
  return command;
}

function list(context: Context): Command {
  const command = new Command('list')
    .description('who stands on an account, what each may be asked and told, and until when each is bound')
    .argument('<account>', ACCOUNT)
    .option('--all', 'also those who no longer do');
  return common(command, ['party list 6214-88', 'party list x3k9 --all --json']).action(
    async (text: string, options: CommonOptions & { readonly all?: boolean }) =>
      context.withAccount(options, text, async (client, account) => {
        const rows = await described(client, account, options.all === true);
        context.answer(options, rows, () =>
          table(
            [
              'person',
              'role',
              'since',
              'until',
              'asked',
              'told',
              'notices',
              'reached by',
              'limitation',
              'up to',
            ],
            rows.map((row) => [
              ...[row.person, row.role, row.since, row.until],
              ...[row.asked ? 'yes' : 'never', row.told ? 'yes' : 'never', row.notices],
              ...[row.reachedBy.join(', '), row.limitation ?? 'not known'],
              upTo(row, account),
            ]),
          ),
        );
      }),
  );
}

/** How far a party answers for the debt; nothing is said of who answers for all of it, or for none. */
function upTo(
  { role, estate }: { role: PartyRole; estate: number | null },
  { currency }: AccountRow,
): string {
  if (role !== 'heir') return '';
  return estate === null ? 'the estate' : `${formatMoney(estate, currency)} ${currency}`;
}

async function described(client: ForbearClient, account: AccountRow, ended: boolean) {
  const { db } = client.book;
  const parties = await partiesOf(db, account.ref, ended);
  const now = client.now();
  const state = await foldAt(db, account, await readClock(db), now);
  const { counting } = await strategyByHash(db, account.strategy);
  const last = await limitations(db, state, standing(state, counting, localDate(now, account.zone)), parties);
  const rows = parties.map(async ({ person, role, since, until, estate }, i) => {
    const { asked, told, notices } = PARTY_RIGHTS[role];
    const kinds = (await usableEndpoints(db, person)).map(({ kind }) => kind);
    return {
      ...{ person, role, since, until, asked, told, notices },
      reachedBy: [...new Set(kinds)],
      limitation: last[i] ?? null,
      estate,
    };
  });
  return Promise.all(rows);
}

function add(context: Context): Command {
  const command = new Command('add')
    .description('somebody stands on an account from a day on')
    .argument('<account>', `${ACCOUNT}; with --every-account also that of the person`)
    .addArgument(new Argument('<role>', 'as what').choices(OTHERS))
    .requiredOption('--person <number>', "the lender's own number of the person")
    .option('--name <name>', 'how the person is called')
    .option('--language <tag>', 'language of the person', 'zh')
    .option('--phone <numbers>', 'mobile numbers, ; between several')
    .option('--email <addresses>', 'e-mail addresses, ; between several')
    .option('--address <address>', 'where letters go')
    .option('--zone <zone>', 'where the person lives, by whose hours he is reached (that of the account)')
    .option('--country <code>', 'country of telephone numbers without one, such as CN')
    .option('--limitation <day>', 'last day of the claim against this party, where the lender knows it')
    .option('--estate <amount>', 'of an heir: the worth of what he has from the estate, and answers with')
    .option('--every-account', 'of a representative: on every account of the person, also on later ones')
    .option(
      '--checked-by <ref>',
      'with --every-account: opaque reference of who checked the mandate, once for all',
    )
    .option('--from <day>', 'first day of it (today)');
  const examples = [
    'party add 6214-88 guarantor --person G-118 --phone +8613800138000 --limitation 2027-04-30',
    'party add x3k9 joint --person P-20 --email li@example.com --name "Li Na"',
    'party add x3k9 heir --person P-21 --address "88 Renmin Road" --estate 20000.00',
    'party add P-20 representative --every-account --person R-3 --phone +8613800138000 --checked-by desk-4',
  ];
  return common(command, examples).action(async (text: string, role: OtherRole, options: AddOptions) =>
    options.everyAccount === true
      ? addEverywhere(context, text, role, options)
      : context.withAccount(options, text, async (client, account) => {
          const { limitation, estate } = options;
          if (estate !== undefined && role !== 'heir')
            fail('OPTION_WRONG', { option: '--estate', wanted: 'left out, but for an heir' });
          const given = {
            role,
            person: personFrom(options, account.lender, account.zone),
            ...(limitation === undefined ? {} : { limitation: day('--limitation', limitation) }),
            ...(estate === undefined ? {} : { estate: amountOf(estate, account.currency) }),
          };
          const since = options.from === undefined ? today(client, account) : day('--from', options.from);
          const ref = await addParty(client.book.db, account.ref, given, since);
          context.answer(
            options,
            { account: account.ref, person: ref, role, since },
            () => `${ref} is ${role} since ${since}.`,
          );
        }),
  );
}

function end(context: Context): Command {
  const command = new Command('end')
    .description('somebody does not stand on an account any more')
    .argument('<account>', ACCOUNT)
    .argument('<person>', "the book's reference or the lender's number of the person")
    .addArgument(new Argument('<role>', 'as what').choices([...PARTY_ROLES]))
    .option('--every-account', 'of a representative: on every account, and on later ones')
    .option('--last-day <day>', 'the last day of it (yesterday)');
  return common(command, ['party end 6214-88 G-118 guarantor --last-day 2026-05-01']).action(
    async (text: string, who: string, role: PartyRole, options: EndOptions) =>
      options.everyAccount === true
        ? endEverywhere(context, text, who, role, options)
        : context.withAccount(options, text, async (client, account) => {
            const { ref } = await findPerson(client.book.db, who);
            const { lastDay } = options;
            const last =
              lastDay === undefined ? addDays(today(client, account), -1) : day('--last-day', lastDay);
            await endParty(client.book.db, account.ref, ref, role, last);
            context.answer(
              options,
              { account: account.ref, person: ref, role, until: last },
              () => `${ref} was ${role} until ${last}.`,
            );
          }),
  );
}

const today = (client: ForbearClient, account: AccountRow): IsoDate => localDate(client.now(), account.zone);
