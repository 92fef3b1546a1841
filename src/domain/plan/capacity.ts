import type { Currency, Minor, Zone } from '../units';

/** People of one skill: seats × productive hours a day, and what they work on. */
export interface Skill {
  readonly name: string;
  readonly seats: number;
  readonly hours: number;
  readonly queues: readonly string[];
  /** Work of these channels, whatever its queue. */
  readonly channels: readonly string[];
}

/** What a lender can do on a day, what it costs, and what it is worth. From `capacity.yaml`; docs/manager.md. */
export interface Capacity {
  readonly zone: Zone;
  readonly skills: readonly Skill[];
  /** Most that a channel without people carries a day. A channel that is not named carries everything. */
  readonly machines: Readonly<Record<string, number>>;
  /** Minutes of a person for one attempt on a channel, or for one `task`. */
  readonly minutes: Readonly<Record<string, number>>;
  /** Share of what is asked for that one attempt brings in beyond what would come anyway, by channel. */
  readonly chances: Readonly<Record<string, number>>;
  /** The cheaper channel that work takes when there are too few people for it. */
  readonly fallBacks: Readonly<Record<string, string>>;
  readonly urgency: Urgency;
  /** Unit costs by currency and channel; `talk` is one right-party contact of a person. Minor units, may be a part of one. */
  readonly costs: Readonly<Record<Currency, Readonly<Record<string, Minor>>>>;
  /** Percent of the balance of a bucket that may roll in a cycle. */
  readonly rollTargets: readonly (number | null)[];
}

/** What the expected gain is multiplied by. */
export interface Urgency {
  /** The person named a time, or a promise was broken the day before. */
  readonly appointment: number;
  readonly brokenPromise: number;
  /** The bucket rises within three days. */
  readonly rolls: number;
}

/**
 * Where no document is given: orders of magnitude from ladders 13, every one an assumption to be replaced by the
 * house's own. Nobody's seats are assumed: without a document nothing is cut. Costs are known in CNY only.
 */
export const DEFAULT_CAPACITY: Capacity = {
  zone: 'Asia/Shanghai',
  skills: [],
  machines: {},
  minutes: { call: 4, visit: 60, letter: 3, task: 6, legal: 30, agency: 6 },
  chances: {
    app: 0.01,
    email: 0.005,
    sms: 0.01,
    voice_ai: 0.02,
    call: 0.04,
    visit: 0.1,
    letter: 0.02,
    task: 0.02,
  },
  fallBacks: { call: 'voice_ai', visit: 'letter' },
  urgency: { appointment: 10, brokenPromise: 3, rolls: 2 },
  costs: {
    CNY: { app: 0, email: 1, sms: 5, voice_ai: 15, call: 250, talk: 800, letter: 600, visit: 15_000 },
  },
  rollTargets: [2.5, 13, 55, 78, 90, 90, 90],
};

/** Minutes of a day that people of the skill can work. */
export const minutesOf = ({ seats, hours }: Pick<Skill, 'seats' | 'hours'>): number => seats * hours * 60;

/** Who does work of a queue or a channel; null when no skill is named for it. */
export function skillFor(capacity: Capacity, queue: string | null, channel: string): Skill | null {
  return (
    capacity.skills.find(({ channels }) => channels.includes(channel)) ??
    capacity.skills.find(({ queues }) => queue !== null && queues.includes(queue)) ??
    null
  );
}
