import type { MetricGauge, MetricMeter } from '@temporalio/common';
import { catchUp } from '../book/morning/catch-up';
import { sumDays } from '../book/morning/daily';
import { readSamples, type Sample } from '../book/morning/samples';
import type { Db } from '../book/open-book';
import { keepTurning } from '../client/turns';
import { virtual, type Clock } from '../domain/clock';
import { localDate } from '../domain/calendar/zone';
import type { Zone } from '../domain/units';

/** Metrics of the business, beside those of the SDK and on the same address. Amounts are minor units of a currency. */
export const BUSINESS_METRICS: Readonly<Record<string, string>> = {
  forbear_accounts: 'Open accounts by bucket and stage',
  forbear_past_due_minor_units: 'What is past due on open accounts, in minor units of the currency',
  forbear_promises_open: 'Open accounts with a promise that is not judged yet',
  forbear_moves_today: 'Accounts that became late, were cured, went to another bucket, or left, today',
  forbear_promises_judged_today: 'Promises judged today, by verdict',
  forbear_contacts_today: 'Contacts today that went out or may have gone out, by channel',
  forbear_gate_answers_today: 'Answers of the contact gate today, by answer and rule',
  forbear_money_today_minor_units: 'Payments and what was taken back today, in minor units of the currency',
  forbear_money_facts_today: 'Payments and reversals today, counted',
  forbear_facts_untold: 'Facts in the journal that no workflow has been told',
  forbear_facts_untold_oldest_seconds: 'Age of the oldest of them, in real seconds',
  forbear_attempts_unknown: 'Attempts of which nobody knows whether they went out',
  forbear_stops: 'Stops that stand',
  forbear_figures_behind: 'Events that the figures have not taken in yet',
  forbear_tasks_open: 'Open tasks for people, by kind',
  forbear_host_data_age_seconds: 'Age of the newest host figures of a lender, in real seconds',
};

/** So many combinations of labels a metric may have; the rest is counted under `other`. */
const MOST_SERIES = 200;

/** Shows what the book says, and says nothing of what is no more: a combination that is gone is set to zero. */
export class BusinessMetrics {
  private readonly gauges = new Map<string, MetricGauge>();
  private readonly shown = new Map<string, Sample>();

  constructor(private readonly meter: MetricMeter) {}

  show(samples: readonly Sample[]): void {
    const sums = new Map<string, Sample>();
    const series = new Map<string, number>();
    for (const sample of samples) {
      let name = key(sample);
      let { labels } = sample;
      const seen = series.get(sample.metric) ?? 0;
      if (!sums.has(name) && seen >= MOST_SERIES) {
        labels = Object.fromEntries(Object.keys(labels).map((label) => [label, 'other']));
        name = key({ ...sample, labels });
      }
      if (!sums.has(name)) series.set(sample.metric, seen + 1);
      sums.set(name, { ...sample, labels, value: (sums.get(name)?.value ?? 0) + sample.value });
    }
    for (const [name, old] of this.shown) if (!sums.has(name)) this.set({ ...old, value: 0 });
    for (const [name, sample] of sums) {
      this.shown.set(name, sample);
      this.set(sample);
    }
  }

  private set({ metric, labels, value }: Sample): void {
    const gauge =
      this.gauges.get(metric) ?? this.meter.createGauge(metric, 'float', undefined, BUSINESS_METRICS[metric]);
    this.gauges.set(metric, gauge);
    gauge.set(value, { ...labels });
  }
}

const key = ({ metric, labels }: Pick<Sample, 'metric' | 'labels'>): string =>
  `${metric} ${JSON.stringify(labels)}`;

const BATCH = 50;

export interface KeepFigures {
  readonly clock: Clock;
  /** Where the lender's days are counted. */
  readonly zone: Zone;
  readonly everySeconds: number;
  /** Null where no metrics are served: the figures are kept all the same. */
  readonly metrics: BusinessMetrics | null;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps the figures of the reports near the events, and the metrics near the figures, until stopped. Several workers
 * take turns by the book's own lock. An error is told and the next turn tries again.
 */
export function keepFigures(db: Db, options: KeepFigures): { stop(): Promise<void> } {
  const { clock, zone, everySeconds, metrics, onError } = options;
  const begin = (signal: AbortSignal) => async (): Promise<void> => {
    const today = localDate(virtual(clock, Date.now()), zone);
    // A few accounts at a time: activities wait while the core is running over them.
    await catchUp(db, today, { signal, batch: BATCH });
    if (metrics === null || signal.aborted) return;
    await sumDays(db, today, today);
    metrics.show(await readSamples(db, today));
  };
  return keepTurning(begin, everySeconds, onError);
}
