import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { lean } from '../../src/domain/account/lean';
import type { Strategy } from '../../src/domain/strategy/strategy';

const FOLDER = join(__dirname, '..', 'histories');

/** An account's life as a server recorded it, all runs of it, with the strategy that the codec put in. */
export interface RecordedLife {
  readonly name: string;
  readonly about: string;
  readonly strategy: Strategy;
  /** One history a run, as protobuf writes it in JSON. */
  readonly runs: readonly object[];
}

const { History } = temporal.api.history.v1;

// The SDK's own historyToJSON needs one version of protobufjs in the whole tree, and npm installs two.
export function asJson(history: temporal.api.history.v1.IHistory): object {
  return History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
}

export function historyOf(run: object): temporal.api.history.v1.History {
  return History.fromObject(run);
}

export function recordedLives(): RecordedLife[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as RecordedLife);
}

/** Lives are added, never recorded anew: what an old worker decided must stay decidable. */
export function keepLife(life: RecordedLife): void {
  const file = join(FOLDER, `${life.name}.json`);
  if (existsSync(file)) throw new Error(`${life.name} is recorded already; record another one`);
  writeFileSync(file, `${JSON.stringify(life, null, 1)}\n`);
}

/** What a run asked for, in order: activities with their requests, timers with their lengths, how it went on. */
export type Command = readonly [name: string, what: string];

export function commandsOf(run: object): Command[] {
  return historyOf(run).events.flatMap((event): Command[] => {
    const activity = event.activityTaskScheduledEventAttributes;
    if (activity) return [[activity.activityType?.name ?? '', plain(activity.input?.payloads)]];
    const timer = event.timerStartedEventAttributes;
    if (timer) return [['timer', String(tsToMs(timer.startToFireTimeout))]];
    const next = event.workflowExecutionContinuedAsNewEventAttributes;
    return next ? [['continue-as-new', plain(next.input?.payloads)]] : [];
  });
}

/**
 * Without what is allowed to differ: the document, which the codec takes out, the generation of the next run, and the
 * form in which the same is said: requests once held the whole clock, and states what was empty.
 */
export function comparable([name, what]: Command): unknown {
  if (name === 'timer') return [name, JSON.parse(what)];
  if (name !== 'continue-as-new') return [name, (JSON.parse(what) as object[]).map(asSaidToday)];
  const [input] = JSON.parse(what) as [{ strategy: { hash: string }; state: object; carried: object }];
  const state = { ...lean(input.state), generation: 0 };
  return [
    name,
    { ...input, strategy: input.strategy.hash, generation: 0, state, carried: lean(input.carried) },
  ];
}

function asSaidToday(request: { readonly clock?: { readonly factor?: number } }): object {
  const { clock, ...rest } = request;
  return clock === undefined ? rest : { ...rest, factor: clock.factor ?? null };
}

function plain(payloads: readonly Payload[] | null | undefined): string {
  return JSON.stringify((payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload)));
}
