import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { isIsoDate } from '../../calendar/day';
import { isZone } from '../../calendar/zone';
import type { IsoDate, Zone } from '../../units';
import { fail, ForbearError, type Where } from '../../errors/forbear-error';
import { placesOf } from '../../strategy/document/places';
import { VISITING, type DayOfVisits, type VisitAsked } from './day';
import { MOST_VISITS } from './solomon';
import { DEFAULT_GOING } from './town';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "09:30", in quotes');
const degrees = (most: number) => z.number().min(-most).max(most);
const point = z
  .tuple([degrees(90), degrees(180)])
  .transform(([latitude, longitude]) => ({ latitude, longitude }));
const name = z.string().trim().min(1);

const visit = z.strictObject({
  id: z.union([name, z.number().transform(String)]),
  at: point,
  from: time.optional(),
  until: time.optional(),
  minutes: z.number().min(0).max(1440).default(VISITING.minutes),
  weight: z.number().positive().max(1000).default(1),
  only: z.array(name).default([]),
});

const document = z.strictObject({
  forbear: z.literal('routes/1'),
  zone: z.string().refine(isZone, 'must be a time zone such as Asia/Shanghai'),
  date: z.string().refine(isIsoDate, 'must be a day such as 2026-04-10').optional(),
  speed: z.number().positive().max(200).default(DEFAULT_GOING.speed),
  detour: z.number().min(1).max(10).default(DEFAULT_GOING.detour),
  last_start: time.default(VISITING.lastStart),
  teams: z
    .array(
      z.strictObject({
        name,
        start: point,
        end: point.optional(),
        from: time.default(VISITING.from),
        until: time.default(VISITING.until),
        people: z.array(name).default([]),
        most: z.int().min(1).max(100).default(VISITING.most),
      }),
    )
    .min(1, 'must name at least one team'),
  visits: z.array(visit).default([]),
});

/**
 * Reads a day of visits: `routes/1`, docs/visits.md. `rows` are visits from elsewhere (a table) that are added to those
 * of the document; `on` gives the day where the document is of any. Throws ROUTE_DOCUMENT, ROUTE_TWICE, ROUTE_WINDOW or ROUTE_TOO_LARGE with file, line and column.
 */
export function readDayOfVisits(
  text: string,
  file: string,
  rows: readonly VisitAsked[] = [],
  on?: (zone: Zone) => IsoDate,
): DayOfVisits {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = doc.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new ForbearError(
      'ROUTE_DOCUMENT',
      { key: 'it', reason: broken.message },
      { file, line, column: col },
    );
  }
  const places = placesOf(file, doc, lines);
  const parsed = document.safeParse(doc.toJS());
  if (!parsed.success) {
    const { path, key, unknown, message } = firstIssue(parsed.error);
    throw new ForbearError(
      'ROUTE_DOCUMENT',
      { key, reason: message },
      unknown ? places.key([...path, key]) : places.at(path),
    );
  }
  const { data } = parsed;
  const own = data.visits.map((one, index) => asked(one, places.at(['visits', index])));
  const visits = [...own, ...rows];
  refuseOdd(visits);
  if (visits.length > MOST_VISITS)
    throw new ForbearError('ROUTE_TOO_LARGE', { visits: visits.length, most: MOST_VISITS }, { file });
  data.teams.forEach((team, index) => {
    const where = places.at(['teams', index]);
    const before = data.teams.findIndex((other) => other.name === team.name);
    const line = places.at(['teams', before]).line ?? 0;
    if (before < index) throw new ForbearError('ROUTE_TWICE', { id: team.name, line }, where);
    if (team.from > team.until)
      throw new ForbearError('ROUTE_WINDOW', { id: team.name, opens: team.from, closes: team.until }, where);
  });
  return {
    ...{
      date:
        data.date ??
        on?.(data.zone) ??
        fail('ROUTE_DOCUMENT', { key: 'date', reason: 'it is missing' }, { file }),
      zone: data.zone,
      going: { speed: data.speed, detour: data.detour },
    },
    ...{ lastStart: data.last_start, visits },
    teams: data.teams.map((team) => ({ ...team, end: team.end ?? team.start })),
  };
}

/** One visit of a table, its numbers read. Throws ROUTE_DOCUMENT at `where`. */
export function readVisit(raw: unknown, where: Where): VisitAsked {
  const parsed = visit.safeParse(raw);
  if (parsed.success) return asked(parsed.data, where);
  const { key, message } = firstIssue(parsed.error);
  throw new ForbearError('ROUTE_DOCUMENT', { key, reason: message }, where);
}

function asked({ from, until, ...one }: z.infer<typeof visit>, where: Where): VisitAsked {
  return { ...one, from: from ?? '00:00', until: until ?? '23:59', where };
}

function firstIssue({ issues: [issue] }: z.ZodError) {
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  const unknown = issue?.code === 'unrecognized_keys';
  const key = unknown ? (issue.keys[0] ?? '') : String(path.at(-1) ?? 'document');
  return { path, key, unknown, message: issue?.message ?? 'it has the wrong shape' };
}

function refuseOdd(visits: readonly VisitAsked[]): void {
  const seen = new Map<string, number>();
  for (const { id, from, until, where } of visits) {
    const before = seen.get(id);
    if (before !== undefined) throw new ForbearError('ROUTE_TWICE', { id, line: before }, where);
    if (from > until) throw new ForbearError('ROUTE_WINDOW', { id, opens: from, closes: until }, where);
    seen.set(id, where?.line ?? 0);
  }
}
