import { z } from 'zod';
import { isZone } from '../../domain/calendar/zone';

/** The shape of a reporting's settings: who furnishes, in which format, as whom, when and where. */

const text = z.string().min(1);
const program = (length: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9]+$/, 'letters and digits')
    .max(length)
    .optional();

const product = z.strictObject({
  portfolio: z.enum(['C', 'I', 'M', 'O', 'R']).describe('Portfolio type of Metro 2 (field 8)'),
  account_type: z
    .string()
    .regex(/^[0-9][0-9A-Z]$/, 'two characters such as 18')
    .describe('Field 9'),
  months: z.int().min(1).max(999).optional().describe('Months a loan runs, where its facts do not say'),
});

export const reportingSchema = z.strictObject({
  forbear: z.literal('bureau/1'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters and digits, parts joined by -')
    .max(40),
  lender: z.string().regex(/^[\w.-]{1,32}$/, 'letters, digits, dot or dash'),
  furnished_by: z
    .enum(['engine', 'lender', 'nobody'])
    .describe(
      "Who makes the file; with `lender` that one's system hears of notices, disputes and corrections",
    ),
  format: z.enum(['metro2', 'five-class']).optional(),
  cut_off: z
    .union([z.literal('last'), z.int().min(1).max(31)])
    .optional()
    .describe('Day of the month that figures are of; last when left out'),
  send_after_days: z
    .int()
    .min(0)
    .max(25)
    .optional()
    .describe('Days after it on which the file is sent; 2 when left out'),
  zone: z.string().refine(isZone, 'is no time zone of the IANA database'),
  reporter: z
    .strictObject({
      name: text.max(40),
      address: text.max(96),
      phone: z
        .string()
        .regex(/^\d{10}$/, 'must be ten digits')
        .optional(),
    })
    .optional(),
  identification: z
    .string()
    .regex(/^(?!0+$|9+$)[A-Za-z0-9-]{5,20}$/, 'must be five to twenty letters and digits, not all 0 or 9')
    .optional()
    .describe('The number that the bureau knows the furnisher by; the same month by month'),
  programs: z
    .strictObject({
      innovis: program(10),
      equifax: program(10),
      experian: program(5),
      transunion: program(10),
    })
    .optional(),
  products: z.strictObject({ credit_card: product.optional(), consumer_loan: product.optional() }).optional(),
  notice_first: z
    .boolean()
    .optional()
    .describe('Nothing adverse before the person was told; true when left out'),
  late_dispute: z
    .enum(['mark', 'hold'])
    .optional()
    .describe('A dispute that opens between cut-off and sending is marked, or its record held back'),
  folders: z
    .strictObject({
      keep: text.describe('Where files are made and kept, as the worker sees it'),
      send: text.describe('Where a file is put to be sent'),
    })
    .optional(),
  sold_to: text.max(30).optional(),
  pack: z
    .string()
    .regex(/^[\w-]+$/, 'the name of a policy pack')
    .optional()
    .describe('Rules for answers and for how long is told'),
});

export type ReportingDocument = z.infer<typeof reportingSchema>;

/** The schema for editors. Pretty-printed JSON. */
export function reportingJsonSchema(): string {
  const schema = z.toJSONSchema(reportingSchema, { target: 'draft-7' });
  return `${JSON.stringify({ title: 'How a lender reports to a bureau', ...schema }, null, 2)}\n`;
}
