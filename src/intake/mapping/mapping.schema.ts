import { z } from 'zod';

/** The shape of a mapping: how a lender's own layout becomes the columns that Forbear knows. */

const text = z.string().min(1);
const place = z
  .union([text, z.int().min(1)])
  .describe("A column's name, or its place from 1 in a line of totals");
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const dateForm = z
  .string()
  .regex(/^(?=.*YYYY)(?=.*MM)(?=.*DD)[YMD/. -]{8,10}$/, 'must be made of YYYY, MM and DD, such as YYYYMMDD')
  .describe('How days are written, such as YYYYMMDD or DD/MM/YYYY');

const amounts = z
  .strictObject({
    unit: z.enum(['major', 'minor']).optional().describe('minor: fen, cents; major: with decimals'),
    decimal: z.enum(['.', ',']).optional(),
    thousands: z.enum(['.', ',', ' ', "'"]).optional(),
    sign: z
      .enum(['leading', 'trailing', 'reversed'])
      .optional()
      .describe('trailing: 12.00-; reversed: a debt is written as a negative amount'),
  })
  .describe('How amounts are written');

const column = z.union([
  text.describe("The file's column"),
  z.strictObject({
    from: z
      .union([text, z.array(text).min(2)])
      .optional()
      .describe("The file's column, or several joined"),
    join: z.string().optional().describe('What stands between several; - when left out'),
    value: scalar.optional().describe('The same for every row'),
    map: z.record(z.string(), scalar).optional().describe('What each value of the file stands for'),
    others: scalar.optional().describe('What any other value stands for; without it such a row is rejected'),
    date: dateForm.optional(),
    amount: amounts.optional(),
    money: z.boolean().optional().describe('A fact that is an amount: kept in minor units'),
  }),
]);

const control = z
  .strictObject({
    mark: text.describe('What the line begins with; in JSON lines the member that it has'),
    date: place.optional(),
    rows: place,
    sum: place,
  })
  .describe('The line that says of which day the file is and what its rows come to');

export const mappingSchema = z.strictObject({
  forbear: z.literal('mapping/1'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters and digits, parts joined by -')
    .describe('Names the source: a snapshot covers the rows of its source'),
  title: text.optional(),
  kind: z.enum(['accounts', 'payments', 'debits']),
  lender: z.string().regex(/^[\w.-]{1,32}$/, 'letters, digits, dot or dash'),
  format: z.enum(['csv', 'jsonl']).optional(),
  encoding: text.optional(),
  delimiter: z.string().length(1).optional(),
  header: z
    .array(text)
    .min(1)
    .optional()
    .describe('Names of the columns in order, where the file has no header line'),
  dates: dateForm.optional(),
  amounts: amounts.optional(),
  empty: z.array(z.string()).optional().describe('What an empty field is written as, such as 00000000'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Of telephone numbers without one'),
  language: text.optional(),
  columns: z.record(text, column),
  control: control.optional(),
  sum_of: text.optional().describe('The column that the sum is of; balance or amount when left out'),
  totals: z
    .enum(['needed', 'none'])
    .optional()
    .describe('none: the lender sends no totals, so that a cut file is not seen'),
  checks: z
    .strictObject({
      leave_share: z
        .number()
        .min(0)
        .max(100)
        .optional()
        .describe('Percent of the rows that may leave with one snapshot'),
      due_backwards: z
        .enum(['reject', 'take'])
        .optional()
        .describe('What happens to a row whose due day moves back'),
    })
    .optional(),
});

export type MappingDocument = z.infer<typeof mappingSchema>;
export type ColumnDocument = MappingDocument['columns'][string];
export type AmountForm = z.infer<typeof amounts>;

/** The schema of a mapping for editors. Pretty-printed JSON. */
export function mappingJsonSchema(): string {
  const schema = z.toJSONSchema(mappingSchema, { target: 'draft-7' });
  return `${JSON.stringify({ title: 'A Forbear mapping', ...schema }, null, 2)}\n`;
}
