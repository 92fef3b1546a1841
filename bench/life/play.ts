import type { Client } from '@temporalio/client';
import type { AccountActivities, StepRequest } from '../../src/activities/contract';
import { workflowId } from '../../src/client/start';
import type { AccountEvent } from '../../src/domain/account/events';
import type { StepResult } from '../../src/domain/decide/decision';
import { answerTo, type Fact, type Script } from './script';

/** An account is told this long after its step, when it rests: sooner than its timer of a second fires. */
export const TOLD_AFTER_MS = 300;

export interface Life {
  readonly lender: string;
  readonly ref: string;
}
/** Hands one fact to an account. `place` is its place among all that the account was told. */
export type Tell = (life: Life, fact: Fact, at: string, place: number) => Promise<void>;

/** Tells accounts what their script has for the step that was just done. */
export class Teller {
  private readonly places = new Map<string, number>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly script: Script,
    private readonly tell: Tell,
  ) {}

  after({ occurrence, now, report }: StepRequest): void {
    const step = this.script.strategy.steps.find(({ name }) => name === occurrence.step);
    if (step === undefined) return;
    const facts = this.script.told(step, now);
    if (facts.length === 0) return;
    const telling: Promise<void> = this.tellAll(report, facts, now).finally(() =>
      this.underWay.delete(telling),
    );
    this.underWay.add(telling);
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async tellAll(life: Life, facts: readonly Fact[], now: string): Promise<void> {
    await new Promise((done) => setTimeout(done, TOLD_AFTER_MS));
    for (const fact of facts) {
      const place = (this.places.get(life.ref) ?? 0) + 1;
      this.places.set(life.ref, place);
      await this.tell(life, fact, now, place);
    }
  }
}

/** Tells by signal, as the journal does: with the event's place in it. */
export function bySignal(client: Client): Tell {
  return async (life, fact, at, place) => {
    const event = { ...fact, id: `fact-${life.ref}-${place}`, at, seq: place } as AccountEvent;
    await client.workflow.getHandle(workflowId(life)).signal(event.kind, event);
  };
}

/** Activities that do nothing but answer, and let the account be told what follows. */
export function idleActivities(script: Script, teller: Teller): AccountActivities {
  const idle = async (request: StepRequest): Promise<StepResult> => {
    teller.after(request);
    const step = script.strategy.steps.find(({ name }) => name === request.occurrence.step);
    if (step === undefined) throw new Error(`the strategy has no step ${request.occurrence.step}`);
    return answerTo(step, request, script.strategy.zone);
  };
  return {
    ...{ contact: idle, schedule: idle, host: idle, legal: idle },
    offer: ({ offer }) =>
      Promise.resolve({ given: { offer: offer.id, answer: 'refuse', because: [] }, event: null }),
    close: async () => undefined,
    restore: () => Promise.reject(new Error('no life of the bench reaches that far back')),
  };
}
