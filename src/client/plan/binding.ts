import { keepCuts, openPlan, putInForce, type PlanCut } from '../../book/bound-plans';
import type { Db } from '../../book/open-book';
import type { Capacity } from '../../domain/plan/capacity';
import type { Cut, Load, Planned } from '../../domain/plan/planner';
import { gainPerUnit } from '../../domain/plan/work';
import type { IsoDate } from '../../domain/units';

/** Who decides that a plan binds, for which lender, and why. */
export interface Decided {
  readonly lender: string;
  readonly by: string;
  readonly role: string | null;
  readonly why: string;
}

/**
 * Writes down what a plan cuts on its first day, page by page, and puts it in force when it is whole. Later days are
 * forecast: their plan is made in their own morning, with what is known by then.
 */
export class Binding {
  private cuts: PlanCut[] = [];

  private constructor(
    private readonly db: Db,
    readonly plan: string,
    private readonly day: IsoDate,
    private readonly capacity: Capacity,
  ) {}

  static async open(db: Db, decided: Decided, day: IsoDate, capacity: Capacity): Promise<Binding> {
    const { lender, by, role, why } = decided;
    const id = await openPlan(db, { lender, day, zone: capacity.zone, decidedBy: by, role, why });
    return new Binding(db, id, day, capacity);
  }

  add({ work, day, to, where, why }: Cut): void {
    if (day !== this.day) return;
    const { account, step, anchor, n, channel, queue, currency } = work;
    const became = { became: to, instead: to === 'fall-back' ? where : null };
    const gain = gainPerUnit(work, this.capacity);
    this.cuts.push({ account, step, anchor, n, channel, queue, currency, gain, why, ...became });
  }

  async write(): Promise<void> {
    const cuts = this.cuts;
    this.cuts = [];
    if (cuts.length > 0) await keepCuts(this.db, this.plan, cuts);
  }

  putInForce(rows: readonly Planned[], loads: readonly Load[]): Promise<void> {
    const own = ({ day }: { readonly day: IsoDate }): boolean => day === this.day;
    return putInForce(this.db, this.plan, { rows: rows.filter(own), loads: loads.filter(own) });
  }
}
