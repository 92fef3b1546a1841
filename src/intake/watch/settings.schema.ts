import { z } from 'zod';
import { isZone } from '../../domain/calendar/zone';
import { isCurrency } from '../../domain/money';

/** The shape of the settings of a watched folder: which files a lender puts there, and what each of them tells. */

const text = z.string().min(1);
const day = z.iso.date();
const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters and digits, parts joined by -')
  .max(40);
const pattern = text.regex(/^[^/\\]+$/, 'a file name without folders');

const feed = z.strictObject({
  files: pattern.describe(
    'The name that the files have: {date} stands for the day, {time} for HHMM, * for anything',
  ),
  kind: z.enum(['snapshot', 'delta', 'payments', 'debits']),
  mapping: text
    .optional()
    .describe("The mapping, beside this document; without one in Forbear's own columns"),
  dates: z
    .string()
    .regex(/^(?=.*YYYY)(?=.*MM)(?=.*DD)[YMD. _-]{8,10}$/, 'must be made of YYYY, MM and DD, such as YYYYMMDD')
    .optional()
    .describe('How {date} is written; YYYYMMDD when left out'),
  lag: z
    .int()
    .min(0)
    .max(7)
    .optional()
    .describe('By how many days the date in the name is later than the business day'),
  ready: pattern
    .optional()
    .describe('The name of the file beside it that is sent last; it may hold rows= and sum= of the other'),
  strategy: text.optional().describe('Published strategy: whose accounts begin, and under what'),
  leave_share: z.number().min(0).max(100).optional().describe('Percent that may leave with one snapshot'),
  days: z
    .enum(['every', 'weekdays', 'business'])
    .optional()
    .describe('On which days a file is expected; business: by the holidays of the zone'),
  none_on: z.array(day).optional().describe('Days without a file'),
  by: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
    .optional()
    .describe('When it is there at the latest on the day after; 12:00 when left out'),
  missing: z
    .enum(['wait', 'take'])
    .optional()
    .describe('What a file does when one before it is missing; a snapshot is taken, the others wait'),
});

export const settingsSchema = z.strictObject({
  forbear: z.literal('feeds/1'),
  name: name.describe('What the watch is called'),
  lender: z.string().regex(/^[\w.-]{1,32}$/, 'letters, digits, dot or dash'),
  folder: text.describe(
    'Where the files come, as the worker sees it; beside this document when it is relative',
  ),
  strategy: text.optional(),
  zone: z.string().refine(isZone, 'is no time zone of the IANA database'),
  currency: z.string().refine(isCurrency, 'must be three capital letters').optional(),
  every_seconds: z
    .int()
    .min(10)
    .max(86_400)
    .optional()
    .describe('How often the folder is looked at; 300 when left out'),
  quiet_seconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('How long a file must not have changed before it is taken; 60 when left out'),
  feeds: z.record(name, feed).refine((feeds) => Object.keys(feeds).length > 0, 'must name one feed at least'),
});

export type SettingsDocument = z.infer<typeof settingsSchema>;
export type FeedDocument = SettingsDocument['feeds'][string];

/** The schema of the settings for editors. Pretty-printed JSON. */
export function settingsJsonSchema(): string {
  const schema = z.toJSONSchema(settingsSchema, { target: 'draft-7' });
  return `${JSON.stringify({ title: 'The settings of a folder that Forbear watches', ...schema }, null, 2)}\n`;
}
