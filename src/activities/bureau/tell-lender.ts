import { numbersOf } from '../../book/furnishing/numbers';
import { markHandled, waiting, type QueueRow } from '../../book/furnishing/queue';
import { reportingOf } from '../../book/furnishing/reportings';
import type { Db } from '../../book/open-book';
import type { HostSystem } from '../host/host-system';
import { beating } from './beat';
import type { Counted } from './contract';

const ACTIONS: Readonly<Record<QueueRow['kind'], string>> = {
  notice: 'bureau-noticed',
  dispute: 'bureau-mark-dispute',
  resolved: 'bureau-end-dispute',
  figures: 'bureau-correct',
  delete: 'bureau-delete',
  fraud: 'bureau-delete-fraud',
  rejected: 'bureau-correct',
};

const PAGE = 500;

/**
 * Where the lender's own system reports: it is asked, in their order, to mark and to end disputes, to correct a month and
 * to note that the person was told. Each has an id of its own, so that asking twice does it once.
 */
export async function tellLender(db: Db, host: HostSystem, name: string): Promise<Counted> {
  const { lender } = await reportingOf(db, name);
  return beating(async (beat) => {
    let done = 0;
    for (let after = 0; ;) {
      const entries = await waiting(db, name, { after, limit: PAGE });
      const last = entries.at(-1);
      if (last === undefined) return { done, aside: 0 };
      const accounts = entries.map(({ account }) => account);
      const numbers = await numbersOf(db, accounts);
      for (const { id, account, kind, reason, at } of entries) {
        await host.ask({
          ...{ id: `bureau-${name}-${id}`, lender, account: numbers.get(account) ?? '', ref: account },
          ...{ step: reason, action: ACTIONS[kind], requestedAt: at },
        });
        await markHandled(db, [id], 'host');
        beat.say((done += 1));
      }
      after = last.id;
    }
  });
}
