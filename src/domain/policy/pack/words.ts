/** The words that a pack and a request share. A word that stands in none of these lists refuses the document. */

/** Who collects: many rules bind an agency and not the bank that lent. */
export const ROLES = ['original-creditor', 'agency', 'debt-buyer', 'law-firm'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody wants to do. Most rules speak of contact; holds, gates and clocks of the rest. */
export const ACTIONS = [
  'contact',
  'agree-plan',
  'accrue-interest',
  'furnish',
  'furnish-adverse',
  'outsource',
  'sell',
  'terminate-agreement',
  'threaten-suit',
  'file-suit',
  'file-payment-order',
  'presuit-preservation',
  'default-judgment',
  'enforce',
  'report-criminal',
  'delete-record',
  'keep-record',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Ways to a person that a pack may speak of: those of the strategies, and those that only laws tell apart. */
export const WAYS = [
  ...['call', 'voice_ai', 'voicemail', 'sms', 'wechat', 'social', 'app', 'email', 'letter', 'visit'],
] as const;
export type Way = (typeof WAYS)[number];

/** Whom it reaches. Each pack says itself who of them is a third party. */
export const PARTIES = [
  ...(['debtor', 'joint', 'guarantor', 'spouse', 'parent', 'guardian', 'executor', 'attorney'] as const),
  ...(['contact-person', 'family', 'household', 'employer', 'other'] as const),
] as const;
export type Party = (typeof PARTIES)[number];

export const PLACES = ['home', 'work', 'elsewhere'] as const;
export type Place = (typeof PLACES)[number];

/** What for. `answer` is what the person asked for; `notice` is what a law wants to be told. */
export const PURPOSES = [
  ...(['collect', 'remind', 'notice', 'answer', 'locate', 'relay', 'pay-on-behalf'] as const),
  ...(['confirm-stopping', 'say-remedies', 'proof-of-claim'] as const),
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What sets a rule aside for one contact, each with evidence. */
export const WAIVERS = [
  ...(['consumer-consent', 'consumer-request', 'agreement', 'court-order', 'attorney-consent'] as const),
  ...(['attorney-silent', 'to-professional', 'third-party-asked', 'earlier-answer-wrong'] as const),
] as const;
export type WaiverKind = (typeof WAIVERS)[number];

/** What came of an attempt. What is not known yet may still turn out as any of them, and counts as each. */
export const OUTCOMES = [
  ...(['open', 'unknown', 'refused', 'unanswered', 'invalid', 'left-message', 'third-party'] as const),
  ...(['conversation', 'sent', 'delivered', 'undelivered', 'met', 'not-met'] as const),
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const MEASURES = [
  ...(['attempt', 'unanswered', 'connected', 'conversation', 'message', 'visit', 'contact'] as const),
] as const;
export type Measure = (typeof MEASURES)[number];

export const KEYS = ['account', 'person', 'endpoint', 'place', 'creditor', 'reached'] as const;
export type Key = (typeof KEYS)[number];

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** A day of the week, or what makes a day special whatever the day of the week. */
export const DAYS = [...WEEKDAYS, 'public-holiday', 'working-weekend'] as const;
export type DayKind = (typeof DAYS)[number];

export const RECORDINGS = ['none', 'audio', 'audio-video'] as const;
export type Recording = (typeof RECORDINGS)[number];

/** How far a source was read: itself, through others, not at all; or it is the house's own wish. */
export const CHECKED = ['primary', 'secondary', 'unverified', 'house'] as const;
export type Checked = (typeof CHECKED)[number];

export const FORCES = [
  'law',
  'regulation',
  'standard',
  'industry-code',
  'guidance',
  'draft',
  'house',
] as const;
export type Force = (typeof FORCES)[number];
