import { Argument, Command, Option } from 'commander';
import { accountOf } from '../../../book/accounts';
import { consentsOf } from '../../../book/consents';
import { mandatesOf } from '../../../book/mandates';
import { ownerOf } from '../../../book/owners';
import { rolesOf } from '../../../book/parties';
import { usableEndpoints } from '../../../book/people';
import { holdsOf } from '../../../book/person-holds';
import { wishesOf } from '../../../book/wishes';
import { localDate } from '../../../domain/calendar/zone';
import { formatMoney } from '../../../domain/money';
import { fail } from '../../../domain/errors/forbear-error';
import { channelsOf, CHANNELS } from '../../../domain/policy/channels';
import type { ForbearClient } from '../../client';
import { addEndpoint, consentWhom, endEndpoint, findPerson, type Whom } from '../../people';
import { endpointsOf, type EndpointOptions } from '../endpoints';
import { common, type CommonOptions, type Context } from '../context';
import { sayTold } from '../say-told';
import { table } from '../table';
import { erasing } from './person-erase';
import { personHappened } from './person-happened';
import { owner, sayOwner } from './person-owner';
import { optingOut, unwishing, wishing } from './person-wishes';

const WHO = "the book's reference or the lender's number of the person, or of an account of theirs";
const TO_PEOPLE = CHANNELS.filter((channel) =>
  (['mobile', 'email', 'address', 'app'] as const).some((kind) => channelsOf(kind).includes(channel)),
);

/** What belongs to a person rather than to one of the accounts. */
export function person(context: Context): Command {
  const command = new Command('person').description(
    'a person: accounts, owner, holds, consents, ways to be reached',
  );
  for (const make of [
    ...[show, owner, consent, wishing, unwishing, optingOut],
    ...[reach, retire, personHappened, erasing],
  ])
    command.addCommand(make(context));
  return command;
}

function show(context: Context): Command {
  const command = new Command('show')
    .description('everything that is kept of a person but names and numbers')
    .argument('<who>', WHO);
  return common(command, ['person show P-20', 'person show 6214-88 --json']).action(
    async (who: string, options: CommonOptions) =>
      context.withClient(options, async (client) => {
        const found = await findPerson(client.book.db, who);
        const known = await kept(client, found);
        context.answer(options, known, () => forPeople(known));
      }),
  );
}

async function kept(client: ForbearClient, { ref, zone }: Whom) {
  const { db } = client.book;
  const roles = await rolesOf(db, ref);
  const accounts = await Promise.all(
    roles.map(async ({ account, role }) => {
      const { status, stage, treatmentDpd, pastDue, currency } = await accountOf(db, account);
      return { account, role, status, stage, dpd: treatmentDpd, pastDue, currency };
    }),
  );
  const holds = (await holdsOf(db, ref)).map(({ hold, type, fromDate, until, origin, saidBy }) => ({
    ...{ hold, type, from: fromDate, until, origin, by: saidBy },
  }));
  const consents = await consentsOf(db, ref);
  const now = client.now();
  const wishes = (await wishesOf(db, ref)).filter(({ until }) => until === null || until >= now);
  const endpoints = (await usableEndpoints(db, ref)).map(
    ({ ref: endpoint, kind, verified, source, place }) => ({
      ...{ endpoint, kind, verified, source, place },
    }),
  );
  const owned = await ownerOf(db, ref, localDate(client.now(), zone));
  const representatives = (await mandatesOf(db, [ref])).map(({ representative, since, checkedBy }) => ({
    ...{ representative, since, checkedBy },
  }));
  return { person: ref, owner: owned, representatives, accounts, holds, consents, wishes, endpoints };
}

function forPeople({
  person: ref,
  owner: owned,
  representatives,
  accounts,
  holds,
  consents,
  wishes,
  endpoints,
}: Awaited<ReturnType<typeof kept>>): string {
  const parts = [
    `person ${ref}\nowner  ${owned === null ? 'nobody' : sayOwner(owned)}`,
    table(
      ['account', 'as', 'status', 'stage', 'DPD', 'past due', ''],
      accounts.map(({ account, role, status, stage, dpd, pastDue, currency }) => [
        ...[
          account,
          role,
          status,
          stage,
          dpd,
          pastDue === null ? null : formatMoney(pastDue, currency),
          currency,
        ],
      ]),
    ),
  ];
  for (const { representative, since, checkedBy } of representatives)
    parts.push(`${representative} acts for the person since ${since}, checked by ${checkedBy}`);
  if (holds.length > 0)
    parts.push(
      table(
        ['hold', 'type', 'from', 'until', 'said on'],
        holds.map((one) => [
          one.hold,
          one.type,
          one.from,
          one.until ?? 'released',
          one.origin ?? 'the person',
        ]),
      ),
    );
  if (consents.length > 0)
    parts.push(
      table(
        ['channel', 'says', 'since'],
        consents.map(({ channel, says, saidAt }) => [channel, says, saidAt]),
      ),
    );
  if (wishes.length > 0)
    parts.push(
      table(
        ['wish', 'not by', 'not on', 'not between', 'not at', 'since', 'until'],
        wishes.map(({ id, channels, days, from, to, places, since, until }) => [
          ...[id, channels?.join(', ') ?? 'any', days?.join(', ') ?? 'any day', `${from} and ${to}`],
          ...[places?.join(', ') ?? 'anywhere', since, until],
        ]),
      ),
    );
  if (endpoints.length > 0)
    parts.push(
      table(
        ['endpoint', 'kind', 'verified', 'known from', 'at'],
        endpoints.map(({ endpoint, kind, verified, source, place }) => [
          ...[endpoint, kind, verified ? 'yes' : 'no', source, place],
        ]),
      ),
    );
  return parts.join('\n\n');
}

function consent(context: Context): Command {
  const command = new Command('consent')
    .description('the person refuses a channel, or lets it be used again: binds every account at once')
    .argument('<who>', WHO)
    .addArgument(new Argument('<says>', 'what the person says').choices(['refused', 'given']))
    .addArgument(new Argument('<channel>', 'of which channel').choices(TO_PEOPLE))
    .option('--by <ref>', 'opaque reference of who heard it');
  return common(command, [
    'person consent P-20 refused sms',
    'person consent 6214-88 given call --by desk-4',
  ]).action(
    async (
      who: string,
      says: 'given' | 'refused',
      channel: string,
      options: CommonOptions & { readonly by?: string },
    ) =>
      context.withClient(options, async (client) => {
        const { by } = options;
        const whom = await findPerson(client.book.db, who);
        const told = await consentWhom(client, whom, { channel, says, ...(by === undefined ? {} : { by }) });
        context.answer(options, { ...told, channel, says }, () => `${channel} is ${says}. ${sayTold(told)}`);
      }),
  );
}

function reach(context: Context): Command {
  const command = new Command('reach')
    .description('another number or address of the person')
    .argument('<who>', WHO)
    .option('--phone <numbers>', 'mobile numbers, ; between several')
    .option('--email <addresses>', 'e-mail addresses, ; between several')
    .option('--address <address>', 'where letters go')
    .addOption(
      new Option('--at <place>', 'whether it reaches the person at home or at work').choices([
        'home',
        'work',
      ]),
    )
    .option('--source <word>', 'where it is known from, in the words of the packs, such as left-by-customer')
    .option('--country <code>', 'country of telephone numbers without one, such as CN');
  return common(command, [
    'person reach P-20 --phone +8613800138000',
    'person reach 6214-88 --email li@example.com',
  ]).action(async (who: string, options: CommonOptions & EndpointOptions) =>
    context.withClient(options, async (client) => {
      const endpoints = endpointsOf(options);
      if (endpoints.length === 0)
        fail('OPTION_WRONG', { option: '--phone', wanted: 'given, nor --email or --address' });
      const told = await addEndpoint(client, await findPerson(client.book.db, who), endpoints);
      context.answer(options, told, () => `Kept. ${sayTold(told)}`);
    }),
  );
}

function retire(context: Context): Command {
  const command = new Command('retire')
    .description('a number or address of the person is not used any more')
    .argument('<who>', WHO)
    .argument('<endpoint>', 'its reference, as `person show` lists it')
    .option(
      '--reason <code>',
      'why, such as wrong-number or reassigned-number; what the person refuses is `person opt-out`',
      'wrong-number',
    );
  return common(command, ['person retire P-20 k2f0 --reason reassigned-number']).action(
    async (who: string, endpoint: string, options: CommonOptions & { readonly reason: string }) =>
      context.withClient(options, async (client) => {
        const whom = await findPerson(client.book.db, who);
        const told = await endEndpoint(client, whom, endpoint, options.reason);
        context.answer(options, told, () => `Retired. ${sayTold(told)}`);
      }),
  );
}
