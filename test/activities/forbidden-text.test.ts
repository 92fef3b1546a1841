import { createActivities } from '../../src/activities/create-activities';
import { attemptsOf } from '../../src/book/attempts';
import { evidenceOf } from '../../src/book/evidence/read';
import { lettersOf } from '../../src/book/letters';
import { messagesOf } from '../../src/book/messages';
import { publishShipped } from '../../src/book/policy/publish-shipped';
import { listTasks } from '../../src/book/tasks';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateStore } from '../../src/activities/templates/template-store';
import type { PolicyUse } from '../../src/domain/policy/use';
import { published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const policy: PolicyUse = {
  role: 'original-creditor',
  packs: ['cn-consumer-credit'],
  endpoints: { source: 'contract', kind: 'personal' },
  conduct: {
    letter: { disclosures: ['balance', 'legal-ground', 'rights', 'how-to-object', 'issuer-contact'] },
  },
};
const STRATEGY = smallStrategy(
  [contact('R1', [1], { channels: ['sms'] }), contact('L1', [1], { channels: ['letter'], template: 'last' })],
  { policy },
);

let on: Stage;
let strategy: string;
let act: ReturnType<typeof createActivities>;
beforeAll(async () => {
  on = await stage();
  await rehearse(on.book.db);
  await publishShipped(on.book.db);
  strategy = await published(on.book.db, STRATEGY);
  mkdirSync(join(on.folder, 'templates', 'zh'), { recursive: true });
  writeFileSync(
    join(on.folder, 'templates', 'zh', 'last.T1.letter.liquid'),
    '{{ bank }}:如不还款,后果自负。',
  );
  const templates = new TemplateStore(join(on.folder, 'templates'), 'zh');
  // The template is clean; what is filled in is not.
  const bad = {
    bank: '示例银行(警察合作)',
    phone: '95500',
    payLink: 'https://pay.example',
    ownerAlias: '客户经理',
  };
  act = createActivities({ ...on.deps, templates, letterheads: { '*': bad } });
});
afterAll(() => on.close());

async function told(account: string) {
  const found = [];
  for await (const { kind, body } of evidenceOf(on.book.db, { account }))
    if (kind === 'told') found.push(body);
  return found;
}

test('a message that says what a pack forbids, in a value as well, does not go out, and a person is asked', async () => {
  const { ref, mobile } = await person(on.book.db, strategy);
  expect(await act.contact(request(ref, strategy, 'R1'))).toEqual({
    how: 'refused',
    rule: 'review:policy:CN-X1',
  });
  const arrived = on.outside.received.since(0).filter(({ to }) => to.includes(mobile.slice(1)));
  expect(arrived).toEqual([]);
  expect(await messagesOf(on.book.db, ref)).toEqual([]);
  expect((await attemptsOf(on.book.db, ref)).map(({ status }) => status)).toEqual(['not-sent']);
  const tasks = await listTasks(on.book.db, { account: ref });
  expect(tasks).toMatchObject([
    { action: 'review-contact', queue: 'supervisor', status: 'open', inputs: { rule: 'policy:CN-X1' } },
  ]);
  expect(await told(ref)).toMatchObject([{ event: 'text-held', about: 'CN-X1', says: '警察' }]);
  // The same words from a letterhead that is clean go out.
  expect(
    await on.act.contact(request((await person(on.book.db, strategy)).ref, strategy, 'R1')),
  ).toMatchObject({ how: 'done' });
});

test('a letter that says it is given to nobody to post', async () => {
  const { ref } = await person(on.book.db, strategy, [{ kind: 'address', value: '人民路 88 号' }]);
  expect(await act.schedule(request(ref, strategy, 'L1'))).toEqual({
    how: 'refused',
    rule: 'review:policy:CN-X1',
  });
  expect(await lettersOf(on.book.db, ref)).toEqual([]);
  expect(await listTasks(on.book.db, { account: ref })).toMatchObject([
    { action: 'review-contact', kind: 'task' },
  ]);
  expect(await told(ref)).toMatchObject([{ event: 'text-held', about: 'CN-X1' }]);
});
