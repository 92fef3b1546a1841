import { z } from 'zod';
import { DECIDERS } from '../../agreement/authority';
import { MOST_INSTALMENTS } from '../../agreement/schedule';

const text = z.string().min(1);
const amount = z.union([z.number(), text]).describe("An amount in the document's currency, such as 1200.50");
const count = z.number().int().min(0);
const some = z.number().int().min(1);
const decider = z.enum(DECIDERS);
const instalments = z.number().int().min(1).max(MOST_INSTALMENTS);

const rule = {
  offer: text.describe('Name: unique, and kept for ever'),
  paths: z.array(text).min(1).optional(),
  when: text.optional().describe('What must hold: tests of facts such as: dpd >= 61'),
  approval: decider.optional().describe('The least role that must approve it'),
  note: text.optional().describe('For readers; not part of what runs'),
};

const watch = z.strictObject({
  grace: count,
  tolerance: amount,
  in_row: some.describe('So many missed in a row are a breach'),
  in_all: some.describe('So many missed in all are a breach'),
  repair: count.describe('Days in which a breach is made good'),
  repairs: count.describe('How often'),
});

const plan = z.strictObject({
  ...rule,
  kind: z.literal('plan'),
  counts: z.array(instalments).min(1).optional().describe('Numbers of instalments there are'),
  longest: z
    .array(z.strictObject({ below: amount.optional(), most: instalments }))
    .min(1)
    .optional()
    .describe('Longest by balance, the first band that it is below'),
  first: z
    .strictObject({ within: count, least_percent: z.number().int().min(0).max(100) })
    .describe('The first instalment: within so many days, of so much of what is past due'),
  least: amount.describe('Least instalment'),
  rate_up_to: z.number().min(0).max(100).optional().describe('Highest yearly rate in percent; left out: 0'),
  watch: watch.optional(),
  replan: z
    .strictObject({ times: count, after_kept: count, earlier_by: decider })
    .optional()
    .describe('How often, and after how many kept instalments; earlier somebody must approve'),
  again: decider.optional().describe('Who must approve a second one after the first was broken'),
});

const settlement = z.strictObject({
  ...rule,
  kind: z.literal('settlement'),
  within: count.describe('Days in which it is paid in one sum'),
  parts: z
    .strictObject({ most: instalments, within: count, approval: decider })
    .optional()
    .describe('In parts, by approval; left out: in one sum only'),
  able_months: count.optional().describe('Not for who could pay the whole in so many months'),
});

const waiver = z.strictObject({
  ...rule,
  kind: z.literal('waiver'),
  within: count.describe('Days in which the rest must have come'),
});

const deferment = z.strictObject({
  ...rule,
  kind: z.enum(['deferment', 'freeze']),
  months: some.describe('Longest, in months'),
});

const dueDate = z.strictObject({
  ...rule,
  kind: z.literal('due-date'),
  every_days: count.describe('Once in so many days'),
});

const hardship = z.strictObject({
  ...rule,
  kind: z.literal('hardship'),
  rest: count.describe('Days in which contact rests once for counselling'),
  review: some.describe('Latest review, in days'),
  least_living: amount.optional().describe('The least that living costs a head a month'),
});

export const offerSchema = z.discriminatedUnion('kind', [
  plan,
  settlement,
  waiver,
  deferment,
  dueDate,
  hardship,
]);
export type OfferDocument = z.infer<typeof offerSchema>;
