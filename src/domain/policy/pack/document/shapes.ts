import { z } from 'zod';
import { isIsoDate } from '../../../calendar/day';
import { CHECKED, FORCES } from '../words';

/** Shapes that packs, holiday tables and requests share. */

export const text = z.string().min(1);
export const sentence = text.describe('A plain sentence, in words of our own');
export const date = z.string().refine(isIsoDate, 'a day as YYYY-MM-DD');
export const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as 08:00');
export const instant = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/,
    'a moment with its offset',
  )
  .refine((value) => !Number.isNaN(Date.parse(value)), 'a moment of the calendar')
  .describe('As 2026-03-10T21:30:00-05:00 or …Z');
export const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

export const length = z
  .string()
  .regex(
    /^\d{1,4} (hour|day|business day|month|year)s?$/,
    'a length such as 7 days, 10 business days, 3 months',
  );
export const period = z.union([
  length,
  z.strictObject({
    length,
    first: z.enum(['event-day', 'next-day']).optional().describe('The first day that counts'),
    roll: z.boolean().optional().describe('A last day on which nobody works moves on'),
  }),
]);

export const source = z.strictObject({
  text: text.describe('Where the rule stands: never its sentences'),
  url: z.url().optional(),
  checked: z
    .enum(CHECKED)
    .describe('primary: read itself; secondary: read of it; unverified: neither; house: own wish'),
  force: z.enum(FORCES),
});

export type WrittenPeriod = z.infer<typeof period>;
