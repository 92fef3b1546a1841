import { inTransaction } from '../../book/open-book';
import { report } from '../../book/report';
import { openTask } from '../../book/tasks';
import { localDate } from '../../domain/calendar/zone';
import type { StepResult } from '../../domain/decide/decision';
import type { Asked } from '../asked';
import type { Dependencies } from '../dependencies';
import { oneOwner } from '../schedule/one-owner';
import { isDoneByPeople, openWork } from '../schedule/open-work';
import { movedInstead, whenPlanned } from '../planned';
import { whenStopped } from '../stopped';
import { addressed, together } from './addressed';
import { noteBureauNotice } from './bureau-notice';
import { leadOf } from './lead';
import { sendOn, type ChannelEnd } from './send-on';

/** A message put off by so many days has lost its meaning; a notice that the law wants has not. */
const LONGEST_DEFERRAL_DAYS = 7;

/** Reaches the person by the step's channels, and notes what the bureau must know of it. */
export async function reach(deps: Dependencies, asked: Asked): Promise<StepResult> {
  // A payment signalled straight to the workflow must stand in the journal before the gate looks.
  if (asked.request.report.told.length > 0) await report(deps.db, asked.request.report);
  const results: StepResult[] = [];
  for (const one of await addressed(deps.db, asked)) results.push(await reachOne(deps, one));
  const result = together(results);
  await noteBureauNotice(deps.db, asked, result);
  return result;
}

/** The main party hears of all accounts at once; anybody else of the one account that it stands on. */
async function reachOne(deps: Dependencies, asked: Asked): Promise<StepResult> {
  if (asked.addressee !== undefined) return asPlanned(deps, asked);
  const { speaker, tone } = await leadOf(deps.db, asked, Object.keys(deps.carriers));
  // Whatever became of it: where it spoke for this account the gate says so below.
  if (speaker !== null) await asPlanned(deps, speaker);
  return asPlanned(deps, { ...asked, request: { ...asked.request, tone } });
}

/** By the step's channels, unless the plan of the day has no room for it. */
async function asPlanned(deps: Dependencies, asked: Asked): Promise<StepResult> {
  const plan = await whenPlanned(deps.db, asked);
  if (plan === null) return throughChannels(deps, asked);
  if ('answer' in plan) return plan.answer;
  const cheaper = { ...asked, step: { ...asked.step, channels: [plan.instead] } };
  const result = await throughChannels(deps, cheaper);
  return result.how === 'not-sent' ? movedInstead(deps.db, asked, plan.instead, plan.plan) : result;
}

/**
 * Goes through the step's channels in their order until one of them did it. The next one is taken when a channel
 * cannot be used: nobody carries it, the person has no endpoint for it, there is no text, the carrier refuses it.
 */
async function throughChannels(deps: Dependencies, asked: Asked): Promise<StepResult> {
  let because = 'no-channel';
  let unknown: StepResult | null = null;
  for (const channel of asked.step.channels ?? []) {
    const carrier = deps.carriers[channel];
    if (carrier === undefined) {
      const work = isDoneByPeople(channel) ? await begin(deps, asked, channel) : null;
      if (work !== null) return work;
      because = isDoneByPeople(channel) ? 'no-endpoint' : 'no-carrier';
      continue;
    }
    const end = await sendOn(deps, asked, channel, carrier);
    switch (end.end) {
      case 'done':
        return { how: 'done', channel };
      case 'spoken':
        return { how: 'done', channel, with: end.contact };
      case 'unknown':
        unknown ??= { how: 'unknown', channel };
        // Twice is worse than perhaps not at all, except where the law wants proof that it went out.
        if (asked.step.kind === 'notice') continue;
        return unknown;
      case 'deferred':
        return unknown ?? deferred(asked, end);
      case 'refused':
        return unknown ?? { how: 'refused', rule: end.rule };
      case 'review':
        await askSomebody(deps, asked, channel, end.rule);
        return unknown ?? { how: 'refused', rule: `review:${end.rule}` };
      case 'unusable':
        because = end.rule;
    }
  }
  return unknown ?? { how: 'not-sent', rule: because };
}

/** Work for people, unless a switch stands against it: the whole step is put off then, and takes no other channel. */
function begin(deps: Dependencies, asked: Asked, channel: string): Promise<StepResult | null> {
  return inTransaction(
    deps.db,
    async (tx) =>
      (await whenStopped(tx, asked, channel)) ??
      (await oneOwner(tx, asked, channel)) ??
      openWork({ ...deps, db: tx }, asked, channel),
  );
}

type Deferred = Extract<ChannelEnd, { end: 'deferred' }>;

function deferred({ step, request }: Asked, { until, rule, stopped }: Deferred): StepResult {
  const days = (Date.parse(until) - Date.parse(request.occurrence.due)) / 86_400_000;
  if (step.kind === 'contact' && days > LONGEST_DEFERRAL_DAYS)
    return { how: 'not-sent', rule: `too-late:${rule}` };
  return { how: 'deferred', until, rule, ...(stopped ? { stopped } : {}) };
}

/** The gate could not decide by rule: a person is asked, and the step does not go out by itself. */
async function askSomebody(
  deps: Dependencies,
  { request, account }: Asked,
  channel: string,
  rule: string,
): Promise<void> {
  await openTask(deps.db, {
    kind: 'task',
    account: account.ref,
    person: account.person,
    occurrence: request.occurrence,
    action: 'review-contact',
    queue: 'supervisor',
    onDate: localDate(request.now, account.zone),
    due: request.now,
    inputs: { channel, rule, why: request.why },
  });
}
