/** What one account's life of twenty steps and eight messages may cost. The tests hold it, the bench shows it. */
export const BUDGET = {
  /** One start, twenty timers, twenty activities, eight signals, four stage changes, a run that grew long, a closing write. */
  actions: 55,
  events: 290,
  /** What a promise carries since it is whole (how it is paid, how it ended) made it 55 bytes more than eight kilobytes. */
  averageBytes: 8.125 * 1024,
  mostBytes: 16 * 1024,
} as const;
