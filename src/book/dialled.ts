import type { Transaction } from 'kysely';
import type { ContactOutcome } from '../domain/account/events';
import { losesEndpoint } from '../domain/party/personal';
import { endpointKind } from '../domain/policy/channels';
import type { Fact } from './append';
import { COUNTED } from './attempts';
import { retireEndpoint, usableEndpoints } from './people';
import { accountsOf } from './personal';
import { settleReach } from './reach';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;

/**
 * Takes numbers out of use at once that a call has shown to be somebody else's or nobody's (ladders 10.1), for every
 * account of the person, and journals to each of them where no way is left. The caller holds the locks of
 * `lockConcerned`. Answers the accounts whose journals grew.
 */
export async function retireDialled(tx: Tx, facts: readonly Fact[]): Promise<readonly string[]> {
  const grown: string[] = [];
  for (const { account, event } of facts) {
    if (!losesEndpoint(event)) continue;
    const person = event.party ?? (await personOn(tx, account));
    const endpoint = await dialled(tx, account, person, event);
    if (endpoint === null) continue;
    await retireEndpoint(tx, endpoint, event.code === 'WN' ? 'wrong number' : 'invalid number', event.at);
    for (const one of await accountsOf(tx, [person]))
      if (await settleReach(tx, one, event.at)) grown.push(one);
  }
  return grown;
}

/** What was dialled: by the attempt that the gate let go, else the only one that it can have been. */
async function dialled(
  tx: Tx,
  account: string,
  person: string,
  event: ContactOutcome,
): Promise<string | null> {
  // Which number an agency dialled is not known; its own attempts name none.
  let query = tx
    .selectFrom('attempts')
    .select('endpoint')
    .where('account', '=', account)
    .where('person', '=', person)
    .where('channel', '=', event.channel)
    .where('status', 'in', [...COUNTED])
    .where('agency', 'is', null)
    .where('at', '<=', event.at)
    .orderBy('at', 'desc')
    .limit(1);
  if (event.step !== undefined) query = query.where('step', '=', event.step);
  const attempt = event.agency === undefined ? await query.executeTakeFirst() : undefined;
  if (attempt !== undefined) return attempt.endpoint;
  const kind = endpointKind(event.channel);
  const usable = (await usableEndpoints(tx, person)).filter((one) => one.kind === kind);
  return usable.length === 1 ? (usable[0]?.ref ?? null) : null;
}

async function personOn(tx: Tx, account: string): Promise<string> {
  const row = await tx
    .selectFrom('accounts')
    .select('person')
    .where('ref', '=', account)
    .executeTakeFirstOrThrow();
  return row.person;
}
