import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { createActivities } from '../../src/activities/create-activities';
import type { Dependencies } from '../../src/activities/dependencies';
import { withoutPersonalData } from '../../src/activities/without-personal-data';
import { accountOf } from '../../src/book/accounts';
import { published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const STRATEGY = smallStrategy([
  contact('R1', [1], { channels: ['sms'] }),
  { ...contact('H1', [1]), kind: 'host', channels: undefined, action: 'block-purchases' },
]);
const NAME = 'Planted Name-Zhao';

describe('what an activity throws or answers', () => {
  let on: Stage;
  let strategy: string;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
  });
  afterAll(() => on.close());

  /** Everything that Temporal would keep of it: message, stack, type, details and causes. */
  async function keptOf(work: Promise<unknown>): Promise<string> {
    const end = await work.then(
      (value) => ({ answered: value }),
      (error: unknown) => ({
        failed: defaultFailureConverter.errorToFailure(error, defaultPayloadConverter),
      }),
    );
    return JSON.stringify(end);
  }

  async function planted() {
    const who = await person(on.book.db, strategy, undefined, { name: NAME });
    const { lenderNumber } = await accountOf(on.book.db, who.ref);
    const secrets = [NAME, who.mobile, who.mobile.slice(1), who.mail, lenderNumber];
    const silent = (text: string) => secrets.forEach((secret) => expect(text).not.toContain(secret));
    return { ...who, secrets, silent };
  }

  it('holds nothing of a person when a part breaks and quotes whom it was about', async () => {
    const { ref, silent, secrets } = await planted();
    const quoting = Object.assign(new Error(`550 no such user ${secrets.join(' ')}`), {
      code: 'EENVELOPE',
      response: secrets.join(' '),
      cause: new Error(secrets.join(' ')),
    });
    const broken: Dependencies = {
      ...on.deps,
      carriers: { sms: { send: () => Promise.reject(quoting), close: async () => undefined } },
      host: { ask: () => Promise.reject(quoting) },
    };
    const act = createActivities(broken);
    for (const end of [
      await keptOf(act.contact(request(ref, strategy, 'R1'))),
      await keptOf(act.host(request(ref, strategy, 'H1'))),
    ]) {
      expect(end).toContain('ACTIVITY_FAILED');
      expect(end).toContain('EENVELOPE');
      silent(end);
    }
  });

  it('holds nothing of a row that the book quotes', async () => {
    const { ref, silent, mobile } = await planted();
    const { person: who } = await accountOf(on.book.db, ref);
    const twice = { ref: 'x', person: who, kind: 'mobile', value: mobile, verified: false, preferred: false };
    const end = await keptOf(
      withoutPersonalData('test', () =>
        on.book.db
          .insertInto('endpoints')
          .values({ ...twice, retiredReason: null, retiredAt: null } as never)
          .execute(),
      ),
    );
    expect(end).toContain('23505');
    silent(end);
  });

  it('holds nothing in its answers either', async () => {
    for (const fault of ['refuse', 'reject', 'throttle', 'drop-after-accepting'] as const) {
      const { ref, silent } = await planted();
      on.outside.behaviours.tell({ channel: 'sms', do: fault });
      const end = await keptOf(on.act.contact(request(ref, strategy, 'R1')));
      expect(end).toContain('answered');
      silent(end);
    }
  });

  it('is tried again when it may pass, and not when it cannot', async () => {
    const passing = withoutPersonalData('x', () => Promise.reject(new Error('net')));
    await expect(passing).rejects.toMatchObject({ nonRetryable: false });
    await expect(on.act.contact(request('nosuchaccount000', strategy, 'R1'))).rejects.toMatchObject({
      type: 'ACCOUNT_UNKNOWN',
      nonRetryable: true,
    });
  });
});
