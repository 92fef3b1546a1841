import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { isZone } from '../calendar/zone';
import { ForbearError } from '../errors/forbear-error';
import { isCurrency } from '../money';
import { exponentOf } from '../read-money';
import { placesOf } from '../strategy/document/places';
import { DEFAULT_CAPACITY, type Capacity, type Skill } from './capacity';

const amount = z.number().min(0);
const byName = <T extends z.ZodType>(value: T) => z.record(z.string().min(1), value);
const share = z.number().min(0).max(1);

const document = z.strictObject({
  forbear: z.literal('capacity/1'),
  zone: z.string().refine(isZone, 'must be a time zone such as Asia/Shanghai'),
  skills: byName(
    z.strictObject({
      seats: z.number().min(0).max(100_000),
      hours: z.number().min(0).max(24),
      queues: z.array(z.string()).default([]),
      channels: z.array(z.string()).default([]),
    }),
  ),
  machines: byName(z.int().min(0)).default({}),
  minutes: byName(z.number().positive()).default({}),
  chances: byName(share).default({}),
  fall_backs: byName(z.string()).optional(),
  urgency: z
    .strictObject({
      appointment: z.number().min(1),
      broken_promise: z.number().min(1),
      rolls: z.number().min(1),
    })
    .partial()
    .default({}),
  costs: z
    .record(z.string().refine(isCurrency, 'must be a currency such as CNY'), byName(amount))
    .default({}),
  roll_targets: z
    .partialRecord(z.enum(['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6']), z.number().min(0).max(100))
    .optional(),
});
type Document = z.infer<typeof document>;

/**
 * Reads `capacity.yaml`. What it leaves out is as DEFAULT_CAPACITY has it. Throws CAPACITY_* with the file, line and
 * column of the first mistake.
 */
export function readCapacity(text: string, file: string): Capacity {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = doc.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new ForbearError('CAPACITY_YAML', { reason: broken.message }, { file, line, column: col });
  }
  const places = placesOf(file, doc, lines);
  const parsed = document.safeParse(doc.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
    const key =
      issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(path.at(-1) ?? 'document');
    const where = issue?.code === 'unrecognized_keys' ? places.key([...path, key]) : places.at(path);
    throw new ForbearError(
      'CAPACITY_SHAPE',
      { key, reason: issue?.message ?? 'it has the wrong shape' },
      where,
    );
  }
  const skills = Object.entries(parsed.data.skills).map(([name, skill]): Skill => ({ name, ...skill }));
  refuseTwice(skills, (name, word) =>
    places.at(['skills', name, parsed.data.skills[name]?.queues.includes(word) ? 'queues' : 'channels']),
  );
  return compiled(parsed.data, skills);
}

/** Work must not wait in two lines at once. */
function refuseTwice(
  skills: readonly Skill[],
  place: (skill: string, word: string) => ReturnType<ReturnType<typeof placesOf>['at']>,
): void {
  const seen = new Map<string, string>();
  for (const { name, queues, channels } of skills) {
    for (const word of [
      ...queues.map((queue) => `queue ${queue}`),
      ...channels.map((one) => `channel ${one}`),
    ]) {
      const other = seen.get(word);
      if (other !== undefined)
        throw new ForbearError(
          'CAPACITY_TWICE',
          { what: word, skill: other },
          place(name, word.split(' ')[1] ?? ''),
        );
      seen.set(word, name);
    }
  }
}

function compiled(read: Document, skills: readonly Skill[]): Capacity {
  const costs = Object.entries(read.costs).map(([currency, by]) => [
    currency,
    Object.fromEntries(Object.entries(by).map(([name, cost]) => [name, cost * 10 ** exponentOf(currency)])),
  ]);
  const { appointment, broken_promise: brokenPromise, rolls } = read.urgency;
  const defaults = DEFAULT_CAPACITY;
  return {
    zone: read.zone,
    skills,
    machines: read.machines,
    minutes: { ...defaults.minutes, ...read.minutes },
    chances: { ...defaults.chances, ...read.chances },
    fallBacks: read.fall_backs ?? defaults.fallBacks,
    urgency: {
      appointment: appointment ?? defaults.urgency.appointment,
      brokenPromise: brokenPromise ?? defaults.urgency.brokenPromise,
      rolls: rolls ?? defaults.urgency.rolls,
    },
    costs: { ...defaults.costs, ...(Object.fromEntries(costs) as Capacity['costs']) },
    rollTargets:
      read.roll_targets === undefined
        ? defaults.rollTargets
        : [0, 1, 2, 3, 4, 5, 6].map((bucket) => read.roll_targets?.[`M${bucket}` as 'M0'] ?? null),
  };
}
