/** What one account's life of twenty steps and eight messages may cost. The tests hold it, the bench shows it. */
export const BUDGET = {
  /** One start, twenty timers, twenty activities, eight signals, four stage changes, a closing write. */
  actions: 54,
  events: 290,
  averageBytes: 8 * 1024,
  mostBytes: 16 * 1024,
} as const;
