/**
 * No step of a strategy, but a question that a stop of an agency asks of every account placed with it. Its answer is
 * told as a task's result under this name, so that a strategy may count from `mark:agency-stop.recall`.
 */
export const AGENCY_STOP = 'agency-stop';
export const RECALL_ANSWERS = ['recall', 'keep'] as const;
