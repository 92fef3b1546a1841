import { z } from 'zod';
import { date, source, text } from './shapes';

/** One reviewed year of a calendar. A year without a document is not known, and nobody guesses it. */
export const holidaysSchema = z.strictObject({
  forbear: z.literal('holidays/1'),
  calendar: text,
  year: z.number().int().min(1900).max(2999),
  title: text,
  sources: z.array(source).min(1),
  reviewed: date,
  closed: z.record(date, text),
  working_weekends: z.record(date, text).optional(),
});
export type HolidaysDocument = z.infer<typeof holidaysSchema>;
