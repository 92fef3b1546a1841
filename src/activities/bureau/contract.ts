import type { BureauMonth } from './bureau-month';

/** What the bureau's scheduled workflow asks for; types only, for the workflow bundle. */
export interface BureauActivities {
  /** @param month `YYYY-MM` */
  bureauMonth(month: string): Promise<BureauMonth>;
}
