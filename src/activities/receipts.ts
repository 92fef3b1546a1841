import { strategyByHash } from '../book/strategies';
import { accept } from '../book/journal';
import type { Db } from '../book/open-book';
import { receipt } from '../book/receipts';
import type { Delivery } from '../domain/account/events';
import type { Step, Strategy } from '../domain/strategy/strategy';
import type { CarrierReceipt } from './messaging/receipt-text';

/** Takes a carrier's delivery receipt into the book, and tells the account where its strategy waits for it. */
export async function takeReceipt(db: Db, channel: string, got: CarrierReceipt): Promise<void> {
  const about = await receipt(db, channel, got.carrierId, got.status, new Date().toISOString());
  if (about !== null) await tellDelivery(db, about.attempt);
}

/**
 * Puts the delivery of an attempt into the account's journal, once, when something in the strategy goes by it. A
 * receipt for an ordinary reminder stays in the book: told to the account it would cost a message and change nothing.
 */
export async function tellDelivery(db: Db, attempt: string): Promise<void> {
  const row = await db
    .selectFrom('attempts')
    .select(['account', 'step', 'anchor', 'n', 'strategy', 'delivery', 'at'])
    .where('id', '=', attempt)
    .executeTakeFirst();
  if (!row || row.delivery === null) return;
  const strategy = await strategyByHash(db, row.strategy);
  const step = strategy.steps.find((one) => one.name === row.step);
  if (!step || !isAwaited(strategy, step)) return;
  // A notice to several has arrived when all of them have it.
  if (row.delivery === 'delivered' && (await waitsForOthers(db, step, row))) return;
  const event: Delivery = {
    kind: 'delivery',
    id: `delivery:${attempt}:${row.delivery}`,
    // The moment of the attempt: a receipt's own is real time, and the account may live on a faster clock.
    at: row.at,
    step: row.step,
    status: row.delivery === 'delivered' ? 'arrived' : 'undelivered',
  };
  await accept(db, row.account, event, 'carrier');
}

type Sent = { readonly account: string; readonly step: string; readonly anchor: string; readonly n: number };

/** Whether somebody in the role that the step speaks to does not have it yet. */
async function waitsForOthers(db: Db, { to }: Step, { account, step, anchor, n }: Sent): Promise<boolean> {
  if (to === undefined) return false;
  const without = await db
    .selectFrom('parties')
    .select('person')
    .where('account', '=', account)
    .where('role', '=', to)
    .where('until', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attempts')
            .select('attempts.id')
            .whereRef('attempts.person', '=', 'parties.person')
            .where('attempts.account', '=', account)
            .where('attempts.step', '=', step)
            .where('attempts.anchor', '=', anchor)
            .where('attempts.n', '=', n)
            .where('attempts.delivery', '=', 'delivered'),
        ),
      ),
    )
    .executeTakeFirst();
  return without !== undefined;
}

/** Whether anything goes by the step's delivery: a notice always, else what an anchor, a condition or a need names. */
export function isAwaited(strategy: Strategy, step: Step): boolean {
  if (step.kind === 'notice') return true;
  const needed = strategy.steps.some((one) =>
    one.needs?.some((need) => need.step === step.name && need.state === 'arrived'),
  );
  const deliveries = ['arrived', 'undelivered'].map((what) => `${step.name}.${what}`);
  const names = deliveries.flatMap((mark) => [`mark:${mark}`, `mark.${mark}`, `days_since.${mark}`]);
  const written = JSON.stringify([strategy.segments, strategy.stages, strategy.steps]);
  return needed || [`arrived:${step.name}`, ...names].some((name) => written.includes(`"${name}"`));
}
