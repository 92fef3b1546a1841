import { z } from 'zod';
import { moneySchema } from './money.schema';
import { offerSchema } from './offers.schema';
import { COMPLAINT_CAUSES } from '../../account/complaint-causes';
import { PARTY_ROLES } from '../../party/roles';
import { HAPPENINGS } from '../../policy/pack/happenings';
import { RECORDINGS, ROLES } from '../../policy/pack/words';

/** The shape of a strategy document as it is written. Amounts are decimals in the document's currency. */

const text = z.string().min(1);
const amount = z.union([z.number(), text]).describe("An amount in the document's currency, such as 1200.50");
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 10:00');
const condition = text.describe('Tests of facts such as: past_due >= 100 and not autopay');
const count = z.number().int().min(0);
const day = z.number().int().min(-366).max(3660);
const tone = z.enum(['T0', 'T1', 'T2', 'T3', 'T4']);
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);
const byPath = <T extends z.ZodType>(item: T) => z.record(text, item);

const counting = z.strictObject({
  grace: z.strictObject({
    days: count,
    counting: z.enum(['threshold', 'offset']).describe('threshold: the day after a 3-day grace is day 4'),
  }),
  tolerance: amount.describe('A shortfall up to this counts as paid'),
  bucket_by: z.enum(['cycles', 'days']),
  watch_days: count.describe('Days after a cure in which being late again is the same history'),
  pending_days: count.describe('Business days of rest after an announced payment'),
  claim_days: count
    .min(1)
    .optional()
    .describe('"I have paid" rests contact once in so many days; left out: 30'),
  debit_days: count
    .optional()
    .describe('Business days after a debit by which its result is known, or a person is asked; left out: 3'),
});

const credit = z
  .strictObject({
    contact_days: count.describe('Days after a talk with the right person'),
    visit_days: count.describe('Days after a visit'),
    agency_days: count.describe('Days after the recall from an agency; inside a placement money is its own'),
  })
  .describe('Within how many days money is credited to what was done; left out: seven for each');

const promise = z.strictObject({
  longest: count.describe('Days ahead that may be promised'),
  grace: count.describe('Days after the promised date in which money still keeps it'),
  tolerance: z
    .strictObject({ percent: z.number().min(0).max(100), amount })
    .describe('Kept if short by no more than both'),
  least: z.enum(['past-due', 'oldest-due']),
  may_cross_next_due: z.boolean().describe('Only if the amount covers the next part as well'),
  broken_limit: z.strictObject({ count, days: count }).describe('After so many broken: pay now only'),
  most_open: z.number().int().min(1).optional().describe('Promises open at once; left out: one'),
  parts: z
    .strictObject({ most: z.number().int().min(1).max(12), days: count })
    .optional()
    .describe('Parts of one promise, and days within which the last is due; left out: it is whole'),
  partial: z
    .strictObject({ percent: z.number().min(1).max(100), rest_days: count })
    .optional()
    .describe('Share that counts as kept in part (50), and days for which the rest may be promised again'),
});

const byCountry = z
  .record(z.string().regex(/^([A-Z]{2}|other)$/, 'a country such as CN, or other'), count)
  .describe("Calendar days for an answer, by the country of the strategy's zone");

const disputes = z.strictObject({ answer_days: byCountry });
const complaints = z.strictObject({
  answer_days: byCountry,
  rest: z
    .partialRecord(z.enum(COMPLAINT_CAUSES), count)
    .describe('Business days that a complaint rests contact, by its cause; other stands for the rest (5)'),
});

const contact = z.strictObject({
  hours: z
    .record(text, z.array(z.strictObject({ from: clock, to: clock })).min(1))
    .describe('Local hours by channel'),
  caps: z.array(
    z.strictObject({
      paths: z.array(text).min(1).optional(),
      channels: z.array(text).min(1),
      max: count,
      days: z.number().int().min(1),
    }),
  ),
  rest: byPath(count).optional().describe('Days of rest after a conversation with the right person'),
  closed_on: z.array(z.string().regex(/^(\d{4}-)?\d{2}-\d{2}$/, 'a day as MM-DD or YYYY-MM-DD')),
  host_data_hours: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Nothing but required notices goes out on host data that is older (36)'),
});

const policy = z
  .strictObject({
    role: z.enum(ROLES).describe('In which role the lender collects'),
    packs: z
      .array(text)
      .min(1)
      .describe(
        'Packs of rules that every contact asks; each holds for people who may be in its jurisdiction',
      ),
    endpoints: z
      .strictObject({ source: text.optional(), kind: text.optional() })
      .optional()
      .describe(
        "Where numbers and addresses of the lender's files are known from, and of what kind they are",
      ),
    conduct: z
      .record(
        text,
        z.strictObject({
          recording: z.enum(RECORDINGS).optional(),
          disclosures: z.array(text).min(1).optional(),
          means: z.array(text).min(1).optional(),
        }),
      )
      .optional()
      .describe('By channel: how it is done. What is not said is not known, and a person is asked'),
    agencies: z
      .record(text, z.strictObject({ is: z.array(text).min(1), reviewed: z.iso.date().optional() }))
      .optional()
      .describe(
        'By name: what the lender answers for of each agency, such as listed and published, and when it was last reviewed',
      ),
  })
  .describe('The packs of rules that the gate asks; house rules come on top and can only tighten');

const segment = z.strictObject({
  name: text,
  path: text,
  when: condition.optional(),
  means: text.optional(),
});

const segmentFall = z.strictObject({
  held: z.number().int().min(1).describe('At so many new cycles in a row the milder segment must fit'),
  score: z
    .strictObject({
      fact: text.describe('The fact that is the score, such as risk_score, facts.score or score.MODEL'),
      range: z.tuple([z.number(), z.number()]).describe('Its lowest and highest value'),
      percent: z.number().min(0).max(100),
    })
    .optional()
    .describe('At once at a new cycle, when the score moved by more than this share of its range'),
});

const stage = z.strictObject({
  name: text,
  from: byPath(day).describe('Day on which each path may enter'),
  enter: condition.optional().describe('What must hold to enter'),
  early: condition.optional().describe('Enters before its day when this holds'),
  leave: condition.optional().describe('What ends the stay'),
});

const need = z.strictObject({
  step: text,
  done: count.optional().describe('Days since it was done'),
  arrived: count.optional().describe('Days since it arrived'),
});

const campaign = z.strictObject({ a_day: z.number().int().min(1), days: z.number().int().min(1) });

const step = z.strictObject({
  step: text.describe('Name: unique, and kept for ever'),
  title: text,
  kind: z
    .enum(['contact', 'notice', 'host', 'task'])
    .describe('notice: the law wants it, outside house limits'),
  stage: oneOrMany(text).optional().describe('Stages it belongs to; left out: any, even none'),
  from: text.describe('What its days count from: due, next-due, stage, step:C30, mark:hardship …'),
  days: byPath(oneOrMany(day)).describe('Day or days for each path; a path that is not named never gets it'),
  every: byPath(z.number().int().min(1)).optional().describe('Then again every so many days'),
  until: day.optional().describe('Last day, from the same start'),
  business_days: z.boolean().optional(),
  time: clock.optional(),
  when: condition.optional(),
  channels: z.array(text).min(1).optional().describe('In order of preference'),
  tone: z.union([tone, byPath(tone)]).optional(),
  soft: z.boolean().optional().describe('Speaks softly on purpose, whatever was said before'),
  template: text.optional(),
  to: z
    .enum(PARTY_ROLES)
    .optional()
    .describe('Whom it speaks to: joint, guarantor, heir or representative; left out: the main party'),
  once: z.enum(['anchor', 'episode']).optional(),
  late: z.enum(['skip', 'do']).optional().describe('What happens when its day passed unseen'),
  first: z.boolean().optional().describe('Goes first for an account taken over later than its day'),
  during_promise: z.boolean().optional(),
  during_agreement: z.boolean().optional().describe('Goes out while an agreement is kept'),
  needs: z.array(need).min(1).optional().describe('Notices that must have gone before'),
  campaign: byPath(campaign).optional().describe('Attempts a day and number of days'),
  as_caps_allow: z
    .boolean()
    .optional()
    .describe('Its campaign takes what the caps leave: the check does not count it, the gate ends it'),
  cost: amount.optional(),
  worth_it: z
    .strictObject({ chance: z.number().min(0).max(1), times: z.number().min(0) })
    .optional()
    .describe('Runs only if chance × past due is more than so many times its cost'),
  action: text.optional(),
  queue: text.optional(),
  answers: z.array(text).min(1).optional().describe('What a person may answer to the task'),
  serves: oneOrMany(z.enum(HAPPENINGS))
    .optional()
    .describe('The notice of the packs that it is, such as adverse-record-notice'),
  answer_days: count.optional().describe('Days until an awaited outcome is chased'),
  note: text.optional().describe('For readers; not part of what runs'),
});

export const documentSchema = z.strictObject({
  forbear: z.literal('strategy/1'),
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'small letters and digits, parts joined by -'),
  title: text,
  product: z.enum(['credit_card', 'consumer_loan']),
  currency: text,
  zone: text,
  send_at: clock,
  languages: z.array(text).min(1).describe('Every text must exist in each'),
  facts: z
    .record(text, z.enum(['money', 'number', 'days', 'flag', 'text']))
    .optional()
    .describe('What else the host sends, used as facts.NAME'),
  counting,
  money: moneySchema.optional(),
  credit: credit.optional(),
  promises: byPath(promise),
  offers: z.array(offerSchema).min(1).optional().describe('What may be offered; left out: nothing'),
  disputes: disputes.optional(),
  complaints: complaints.optional(),
  contact,
  policy: policy.optional(),
  segments: z.array(segment).min(1).describe('The first that matches wins'),
  segment_fall: segmentFall.optional().describe('How a segment falls within an episode; left out: never'),
  stages: z.array(stage).min(1).describe('Mildest first'),
  steps: z.array(step).min(1),
});

export type StrategyDocument = z.infer<typeof documentSchema>;
export type StepDocument = StrategyDocument['steps'][number];
