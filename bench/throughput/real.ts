import { join } from 'node:path';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createActivities } from '../../src/activities/create-activities';
import type { AccountActivities, StepRequest } from '../../src/activities/contract';
import { OutboxFolder } from '../../src/activities/host/outbox-folder';
import { EXAMPLE_LETTERHEAD } from '../../src/activities/templates/letterhead';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { enrolAccount } from '../../src/book/accounts';
import { setClock } from '../../src/book/clock';
import { openBook } from '../../src/book/open-book';
import { publish, strategyByHash } from '../../src/book/strategies';
import { openClient, type EventInput } from '../../src/client/client';
import { workflowId } from '../../src/client/start';
import { keepSweeping } from '../../src/client/sweep';
import type { StepResult } from '../../src/domain/decide/decision';
import type { Stack } from '../../src/stack/stack';
import { createAccountWorker } from '../../src/worker/account-worker';
import { openCarriers } from '../../src/worker/carriers';
import { Teller } from '../life/play';
import { inputOf, type Script } from '../life/script';
import { ROOT } from '../support/root';
import type { TemporalPlace } from '../support/temporal-place';
import { fresh, readFirst, timed, type First, type Side } from './side';

export interface RealSide extends Side {
  close(): Promise<void>;
}

/** The engine with everything behind it: the book, the gate, the mail server, the SMS centre, the sweep. */
export async function realSide(
  stack: Stack,
  place: TemporalPlace,
  bundle: WorkflowBundleWithSourceMap,
  script: Script,
): Promise<RealSide> {
  const book = await openBook(stack.bookUrl, { max: 20 });
  await setClock(book.db, inputOf(script, 'any').clock);
  const { hash } = await publish(book.db, script.strategy, script.strategy.title);
  const { smtpUrl, smppUrl } = stack;
  const from = { mailFrom: 'collections@forbear.invalid', smsFrom: 'Forbear' };
  const carriers = await openCarriers(book.db, { smtpUrl, smppUrl, ...from });
  const real = createActivities({
    ...{ db: book.db, carriers: carriers.byChannel, letterheads: { '*': EXAMPLE_LETTERHEAD } },
    templates: new TemplateStore(join(ROOT, 'templates'), 'en'),
    host: new OutboxFolder(join(stack.data, 'host')),
  });

  let first: First | null = null;
  const live = async (lives: number) => {
    const taskQueue = fresh('real-');
    const client = await openClient({
      bookUrl: stack.bookUrl,
      temporal: { address: stack.temporalAddress, namespace: stack.namespace, taskQueue },
    });
    const teller = new Teller(script, async ({ ref }, fact, at) => {
      await client.tell(ref, { ...fact, at } as EventInput);
    });
    const worker = await createAccountWorker({
      ...{
        connection: place.native,
        namespace: place.namespace,
        taskQueue,
        bundle,
        more: { identity: 'worker' },
      },
      activities: { ...real, ...told(real, teller) },
      loadStrategy: (named) => strategyByHash(book.db, named),
    });
    const sweeping = keepSweeping(client.desk, { everySeconds: 10, onError: () => undefined });
    const refs: string[] = [];
    for (let i = 0; i < lives; i += 1) refs.push(await enrol());
    try {
      return await worker.runUntil(() =>
        timed(lives, async () => {
          await Promise.all(
            refs.map(async (ref) => {
              await client.start(ref);
              const id = workflowId({ lender: 'bank', ref });
              const handle = client.desk.temporal.workflow.getHandle(id);
              first ??= {
                workflowId: id,
                runId: (await handle.describe()).raw.workflowExecutionInfo?.firstRunId ?? '',
              };
              await handle.result();
            }),
          );
        }),
      );
    } finally {
      await teller.settled();
      await sweeping.stop();
      await client.close();
    }
  };

  async function enrol(): Promise<string> {
    const number = fresh('');
    const { terms, facts, enteredOn, events } = script.enrolment('any');
    const { ref } = await enrolAccount(book.db, {
      ...{
        lenderNumber: `bench-${number}`,
        terms,
        facts,
        enteredOn,
        events,
        strategy: hash,
        contentHash: number,
      },
      person: {
        ...{
          lender: 'bank',
          lenderPerson: `bench-${number}`,
          name: 'Example',
          language: 'en',
          zone: terms.zone,
        },
        endpoints: [
          { kind: 'mobile', value: `+86138${number.padStart(8, '0')}`, verified: true },
          { kind: 'email', value: `bench${number}@example.com`, verified: true },
        ],
      },
    });
    return ref;
  }

  const close = async (): Promise<void> => {
    await carriers.close();
    await book.close();
  };
  return {
    name: 'the engine with all real parts: book, gate, SMTP, SMPP',
    live,
    sample: () => readFirst(place.client, first),
    close,
  };
}

/** The same activities; after each step the account is told what its script has for it. */
function told(
  real: AccountActivities,
  teller: Teller,
): Pick<AccountActivities, 'contact' | 'schedule' | 'host' | 'legal'> {
  const then =
    (act: (request: StepRequest) => Promise<StepResult>) =>
    async (request: StepRequest): Promise<StepResult> => {
      const result = await act(request);
      teller.after(request);
      return result;
    };
  return {
    contact: then(real.contact),
    schedule: then(real.schedule),
    host: then(real.host),
    legal: then(real.legal),
  };
}
