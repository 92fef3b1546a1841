import { z } from 'zod';
import { HAPPENINGS } from '../happenings';
import {
  ACTIONS,
  DAYS,
  OUTCOMES,
  PARTIES,
  PLACES,
  PURPOSES,
  RECORDINGS,
  ROLES,
  WAIVERS,
  WAYS,
} from '../words';
import { clock, instant, text } from './shapes';

/** The shape of one request to the packs, as it is written: what is asked, and what happened before. */

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const waived = z.strictObject({ by: z.enum(WAIVERS), at: instant.optional(), evidence: text.optional() });

const keys = {
  account: text.optional(),
  person: text.optional(),
  endpoint: text.optional(),
};

const request = z.strictObject({
  ...keys,
  action: z.enum(ACTIONS).optional().describe('Left out: contact'),
  role: z.enum(ROLES).optional(),
  product: text.optional(),
  channel: z.enum(WAYS).optional(),
  party: z.enum(PARTIES).optional(),
  place: z.enum(PLACES).optional(),
  purpose: z.enum(PURPOSES).optional(),
  creditor: text.optional(),
  agent: text.optional(),
  reached: text.optional().describe('The third party that is reached'),
  endpoint_source: text.optional(),
  endpoint_kind: text.optional(),
  zones: z.array(text).optional().describe('Every zone in which the person may be'),
  staff: z.number().int().min(0).optional(),
  recording: z.enum(RECORDINGS).optional(),
  disclosures: z.array(text).optional(),
  tells_of_debt: z.boolean().optional(),
  text: z.string().optional(),
  means: z.array(text).optional(),
  waivers: z.array(waived).optional(),
  facts: z.record(text, scalar).optional(),
  agency: z
    .strictObject({
      name: text,
      facts: z.record(text, z.boolean()).optional(),
      reviewed_at: instant.optional(),
    })
    .optional(),
  record: z.strictObject({ kind: text, at: instant }).optional(),
});

const attempt = z.strictObject({
  ...keys,
  at: instant,
  attempt: z.enum(WAYS),
  outcome: z.enum(OUTCOMES).optional().describe('Left out: unknown, which counts as each'),
  place: z.enum(PLACES).optional(),
  creditor: text.optional(),
  agent: text.optional(),
  party: z.enum(PARTIES).optional(),
  reached: text.optional(),
  purpose: z.enum(PURPOSES).optional(),
  reserved: z.boolean().optional().describe('By the number that the debtor left with the lender'),
  waivers: z.array(waived).optional(),
  times: z.number().int().min(1).max(1000).optional().describe('So many alike, a minute apart'),
});

const happening = z.strictObject({
  ...keys,
  at: instant,
  event: z.enum(HAPPENINGS),
  channel: z.enum(WAYS).optional(),
  about: text.optional(),
  says: z.enum(['given', 'refused']).optional(),
  form: z.enum(['oral', 'express', 'separate', 'written']).optional(),
  scope: z.enum(['endpoint', 'channel', 'all']).optional(),
  until: instant.optional(),
  not: z
    .strictObject({
      days: z.array(z.enum(DAYS)).min(1).optional(),
      from: clock.optional(),
      to: clock.optional(),
      places: z.array(z.enum(PLACES)).min(1).optional(),
      channels: z.array(z.enum(WAYS)).min(1).optional(),
    })
    .optional(),
});

export const checkSchema = z.strictObject({
  forbear: z.literal('policy-check/1'),
  title: text.optional(),
  packs: z
    .array(text)
    .min(1)
    .describe('Names of shipped packs, or files; the ones they stand on come with them'),
  now: instant,
  request,
  ledger: z.array(z.union([attempt, happening])).optional(),
  expect: z
    .strictObject({
      answer: z.enum(['allow', 'defer', 'block', 'review']),
      until: instant.optional(),
      rules: z.array(text).optional().describe('Rules that must be among those that do not allow it'),
    })
    .optional(),
});
export type CheckDocument = z.infer<typeof checkSchema>;
