import { readClock } from '../../book/clock';
import type { Db } from '../../book/open-book';
import { virtual } from '../../domain/clock';
import type { Instant } from '../../domain/units';
import type { HostSystem } from '../host/host-system';
import { withoutPersonalData } from '../without-personal-data';
import type { BureauCycleActivities } from './contract';
import { furnishFile } from './furnish';
import { openCycle } from './open-cycle';
import { sendFile } from './send-file';
import { settleDisputes } from './settle-disputes';
import { takeSnapshots } from './snapshots';
import { tellLender } from './tell-lender';
import { writeBureauFile } from './write-file';

/** The activities of a reporting's cycle. What is thrown holds nothing personal. */
export function createBureauActivities(deps: {
  readonly db: Db;
  readonly host: HostSystem;
}): BureauCycleActivities {
  const { db, host } = deps;
  const now = async (): Promise<Instant> => virtual(await readClock(db), Date.now());
  const safe = <T>(work: () => Promise<T>): Promise<T> => withoutPersonalData('bureau', work);
  return {
    openBureauFile: (request) => safe(() => openCycle(db, request)),
    takeBureauSnapshots: (request) => safe(() => takeSnapshots(db, request)),
    furnishBureauFile: (request) => safe(async () => furnishFile(db, request, await now())),
    settleBureauDisputes: (request) => safe(() => settleDisputes(db, request)),
    writeBureauFile: (request) => safe(async () => writeBureauFile(db, request, await now())),
    sendBureauFile: (request) => safe(async () => sendFile(db, request, await now())),
    tellLender: ({ reporting }) => safe(() => tellLender(db, host, reporting)),
  };
}
