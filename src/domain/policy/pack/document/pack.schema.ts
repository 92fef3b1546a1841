import { z } from 'zod';
import { HAPPENINGS } from '../happenings';
import {
  ACTIONS,
  DAYS,
  KEYS,
  MEASURES,
  OUTCOMES,
  PARTIES,
  PLACES,
  PURPOSES,
  RECORDINGS,
  ROLES,
  WAIVERS,
  WAYS,
} from '../words';
import { clock, date, oneOrMany, period, sentence, source, text } from './shapes';

/** The shape of a policy pack as it is written. */

const event = z.enum(HAPPENINGS);
const events = oneOrMany(event);
const ways = z.array(z.enum(WAYS)).min(1);
const actions = oneOrMany(z.enum(ACTIONS));
const waiver = z.union([z.enum(WAIVERS), z.strictObject({ by: z.enum(WAIVERS), within: period })]);

const base = {
  id: z.string().regex(/^[A-Z]{2}[A-Za-z0-9.-]*$/, 'a name such as US-T1'),
  says: sentence,
  sources: z.array(source).min(1),
  from: date.optional().describe('First day on which it is in force'),
  until: date.optional().describe('Last day on which it is in force'),
  roles: z.array(z.enum(ROLES)).min(1).optional(),
  products: z.array(text).min(1).optional(),
  channels: ways.optional(),
  parties: z.array(z.enum(PARTIES)).min(1).optional(),
  places: z.array(z.enum(PLACES)).min(1).optional(),
  spares: z.array(z.enum(PURPOSES)).min(1).optional().describe('Purposes that it leaves alone'),
  waived_by: z.array(waiver).min(1).optional(),
  asks: z.boolean().optional().describe('What stands against it is asked of a human instead of refused'),
};
/** Kinds that speak of contact unless they say otherwise. */
const contact = { ...base, actions: actions.optional().describe('Left out: contact') };

const rule = <K extends string, S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

const window = rule('window', {
  ...contact,
  open: z
    .array(z.strictObject({ days: z.array(z.enum(DAYS)).min(1).optional(), from: clock, to: clock }))
    .min(1),
  closed_on: z
    .array(text)
    .min(1)
    .optional()
    .describe('public-holiday, or a kind of closed day of the person'),
});

const cap = rule('cap', {
  ...contact,
  max: z.number().int().min(0),
  counts: z.enum(MEASURES),
  per: z.array(z.enum(KEYS)).min(1),
  across: z.enum(['agent', 'all']).optional().describe('Whose attempts count; left out: all'),
  period: z.union([
    z.strictObject({ rolling: z.number().int().min(1), unit: z.enum(['hour', 'day']) }),
    z.strictObject({
      calendar: z.enum(['day', 'week', 'month']),
      week_starts: z.enum(['mon', 'sun', 'sat']).optional(),
    }),
    z.strictObject({ ever: z.literal(true) }),
  ]),
  not_counted: z
    .strictObject({
      outcomes: z.array(z.enum(OUTCOMES)).min(1).optional(),
      under: z.array(waiver).min(1).optional(),
      purposes: z.array(z.enum(PURPOSES)).min(1).optional(),
    })
    .optional(),
});

const cooldown = rule('cooldown', {
  ...contact,
  after: z.enum(MEASURES),
  after_by: ways.optional().describe('Channels of what it rests after'),
  wait: period,
  per: z.array(z.enum(KEYS)).min(1),
});

const unlock = z.discriminatedUnion('when', [
  z.strictObject({ when: z.literal('endpoint-invalid') }),
  z.strictObject({
    when: z.literal('unanswered-calls'),
    count: z.number().int().min(1),
    from: z.enum(['now', 'next-day']),
  }),
  z.strictObject({ when: z.literal('unanswered-days'), count: z.number().int().min(1) }),
  z.strictObject({ when: z.literal('status'), any: z.array(event).min(1) }),
  z.strictObject({ when: z.literal('consent') }),
  z.strictObject({ when: z.literal('offered-to-pay') }),
]);

const thirdParty = rule('third-party', {
  ...contact,
  begins: z.enum(['never', 'locked', 'open']),
  unlocked_by: z.array(unlock).min(1).optional(),
  locked_again: z.boolean().optional().describe('When the debtor is reached'),
  purposes: z.array(z.enum(PURPOSES)).min(1).optional(),
  silent: z.boolean().optional().describe('Never told of the debt'),
  ended_by_refusal: z.boolean().optional(),
});

const consent = rule('consent', {
  ...contact,
  needs: text.optional().describe('The consent by the name that the ledger has it under'),
  form: z.enum(['any', 'express', 'separate', 'written']).optional(),
  lasts: period.optional(),
  opt_out: z.boolean().optional().describe("The person's no is honoured"),
});

const preference = rule('preference', {
  ...contact,
  spoken_lasts: period.optional().describe('How long a wish binds that was only spoken'),
});

const hold = rule('hold', {
  ...base,
  blocks: actions,
  started_by: events,
  per: z.enum(['account', 'person']).optional().describe('Left out: person'),
  ends: z.union([
    z.strictObject({ after: period }),
    z.strictObject({ on: events, then: period.optional() }),
    z.strictObject({ never: z.literal(true) }),
  ]),
});

const factTest = {
  fact: text,
  is: z.union([z.string(), z.number(), z.boolean()]).optional(),
  at_least: z.number().optional(),
  at_most: z.number().optional(),
};

const need = z.union([
  z.strictObject({
    event: events,
    ago: period.optional().describe('At least so long ago'),
    since: z
      .enum(['first', 'last'])
      .optional()
      .describe('Counted from the first that is enough, or the newest'),
    within: period.optional().describe('At most so long ago'),
    voided_by: events.optional(),
    count: z.number().int().min(1).optional(),
    apart: period.optional().describe('At least so far from the one before'),
    per: z.enum(['account', 'person', 'endpoint']).optional().describe('Left out: account'),
  }),
  z.strictObject({
    ...factTest,
    when: z.strictObject(factTest).optional().describe('Only where this is so as well'),
  }),
]);

const gate = rule('gate', {
  ...base,
  blocks: actions,
  once: events.optional().describe('Only after one of these has happened'),
  needs: z.array(need).min(1),
});

const deadline = rule('deadline', {
  ...base,
  blocks: actions.describe('What is blocked while it is late'),
  started_by: events,
  within: period,
  must: events,
});

const conduct = rule('conduct', {
  ...contact,
  min_staff: z.number().int().min(1).optional(),
  recording: z.enum(RECORDINGS).optional(),
  disclosures: z.array(text).min(1).optional(),
  forbidden_phrases: z.array(text).min(1).optional(),
  forbidden_means: z.array(text).min(1).optional(),
  endpoint_sources: z.array(text).min(1).optional().describe('Where endpoints may be known from'),
  forbidden_endpoints: z.array(text).min(1).optional(),
});

const retention = rule('retention', {
  ...base,
  records: z.array(text).min(1),
  starts: z
    .union([z.literal('record'), events])
    .optional()
    .describe('Left out: with the record itself'),
  at_least: period.optional(),
  until_event: events.optional(),
  at_most: period.optional(),
});

const limitation = rule('clock', {
  ...base,
  blocks: actions,
  clock: text,
  length: period,
  starts: events,
  year_end: z.boolean().optional().describe('Counted from the end of the year in which it started'),
  restarted_by: events.optional(),
  paused_by: z
    .array(z.strictObject({ from: event, to: event }))
    .min(1)
    .optional(),
  longest: period.optional(),
});

const agency = rule('agency', {
  ...base,
  blocks: actions.optional().describe('Left out: outsource'),
  wants: z.array(text).min(1).optional().describe('What the agency must be'),
  reviewed_within: period.optional(),
});

export const ruleSchema = z.discriminatedUnion('kind', [
  ...([window, cap, cooldown, thirdParty, consent, preference, hold, gate] as const),
  ...([deadline, conduct, retention, limitation, agency] as const),
]);

export const packSchema = z.strictObject({
  forbear: z.literal('policy/1'),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name such as us-federal'),
  title: text,
  jurisdiction: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'as CN or US-MA'),
  from: date,
  until: date.optional(),
  on: z.array(text).min(1).optional().describe('Packs that it stands on: theirs hold as well'),
  zones: z.array(text).min(1).describe("Every zone of the jurisdiction, its offices' first"),
  holidays: text.describe('The calendar, of policies/holidays'),
  roles: z.array(z.enum(ROLES)).min(1),
  products: z.array(text).min(1).optional(),
  counting: z
    .strictObject({ first: z.enum(['event-day', 'next-day']), roll: z.boolean() })
    .describe('How days are counted where a rule does not say'),
  rules: z.array(ruleSchema).min(1),
});

export type PackDocument = z.infer<typeof packSchema>;
export type RuleDocument = PackDocument['rules'][number];
