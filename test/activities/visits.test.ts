import { accountOf } from '../../src/book/accounts';
import { evidenceOf } from '../../src/book/evidence/read';
import { accept } from '../../src/book/journal';
import { usableEndpoints } from '../../src/book/people';
import { putPlace, visitPlaces } from '../../src/book/places';
import { addStaff } from '../../src/book/staff';
import { listTasks } from '../../src/book/tasks';
import { noteVisitEnd, visitsOf } from '../../src/book/visits';
import { startTask } from '../../src/client/by-people';
import { fresh, NOON, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const STRATEGY = smallStrategy([contact('V1', [9], { channels: ['visit', 'sms'] })]);
const PAIR = [
  { ref: 'f-1', identification: 'ID-1' },
  { ref: 'f-2', identification: 'ID-2' },
];

let on: Stage;
let strategy: string;
beforeAll(async () => {
  on = await stage();
  await rehearse(on.book.db);
  strategy = await published(on.book.db, STRATEGY);
});
afterAll(() => on.close());

/** Somebody with two addresses, the first of them preferred. */
async function debtor() {
  const { ref } = await person(on.book.db, strategy, [
    { kind: 'address', value: '人民路 88 号', preferred: true },
    { kind: 'address', value: '解放路 7 号' },
  ]);
  const { person: whom } = await accountOf(on.book.db, ref);
  const [first, second] = await usableEndpoints(on.book.db, whom);
  return { ref, whom, first: first!.ref, second: second!.ref };
}

const said = { by: 'f-1', at: NOON };
const act = (ref: string) => on.act.schedule(request(ref, strategy, 'V1'));
async function taskOf(ref: string) {
  const [task] = await listTasks(on.book.db, { account: ref });
  return task!;
}
const start = (id: string, party = PAIR) => startTask(on.book.db, id, NOON, party);

test('nobody sets out alone, and who went is kept with the purpose', async () => {
  const { ref, whom, first } = await debtor();
  expect(await act(ref)).toMatchObject({ how: 'done', channel: 'visit' });
  const { id } = await taskOf(ref);
  for (const party of [[], PAIR.slice(0, 1)])
    expect(await start(id, party)).toMatchObject({ may: false, answer: 'block', rule: 'visit:alone' });
  expect(await visitsOf(on.book.db, ref)).toEqual([]);
  expect(await start(id)).toMatchObject({ may: true, attempt: 1 });
  expect(await visitsOf(on.book.db, ref)).toMatchObject([
    {
      task: id,
      n: 1,
      person: whom,
      place: first,
      party: PAIR,
      purpose: 'v1',
      setOutAt: NOON,
      recordings: [],
    },
  ]);
  const links: unknown[] = [];
  for await (const { body } of evidenceOf(on.book.db, { account: ref })) links.push(body);
  expect(links).toContainEqual(expect.objectContaining({ answer: 'block', rule: 'visit:alone' }));
  expect(links).toContainEqual(
    expect.objectContaining({ answer: 'allow', known: expect.objectContaining({ party: ['f-1', 'f-2'] }) }),
  );
});

test('what came after the task was made stands against the team that sets out', async () => {
  const held = await debtor();
  const shut = await debtor();
  for (const { ref } of [held, shut]) await act(ref);
  const hold = {
    kind: 'hold',
    id: fresh(),
    at: NOON,
    hold: 'h',
    type: 'illness',
    from: '2026-03-09',
  } as const;
  await accept(on.book.db, held.ref, hold, 'test');
  for (const endpoint of [shut.first, shut.second])
    await putPlace(on.book.db, { endpoint, offLimits: 'a dog', ...said });
  expect(await start((await taskOf(held.ref)).id)).toMatchObject({ may: false, rule: 'hold:illness' });
  expect(await start((await taskOf(shut.ref)).id)).toMatchObject({ may: false, rule: 'visit:off-limits' });
});

test('the team goes to the best place that is left, and to none if all are off limits', async () => {
  const { ref, whom, first, second } = await debtor();
  await putPlace(on.book.db, { endpoint: first, offLimits: 'refused entry', ...said });
  await act(ref);
  const { id, place } = await taskOf(ref);
  expect(place).toBe(second);
  await start(id);
  expect(await visitsOf(on.book.db, ref)).toMatchObject([{ place: second }]);
  await putPlace(on.book.db, {
    endpoint: first,
    offLimits: null,
    kind: 'work',
    latitude: 31.2,
    longitude: 121.4,
    ...said,
  });
  expect((await visitPlaces(on.book.db, whom)).map(({ ref: one }) => one)).toEqual([second, first]);
  const none = await debtor();
  for (const endpoint of [none.first, none.second])
    await putPlace(on.book.db, { endpoint, offLimits: 'threat', ...said });
  expect(await act(none.ref)).toEqual({ how: 'not-sent', rule: 'no-endpoint' });
});

test('what shows that a team was there is kept with the visit, and no place in the journal', async () => {
  const { ref } = await debtor();
  await act(ref);
  const { id } = await taskOf(ref);
  await noteVisitEnd(on.book.db, id, 'met', NOON);
  expect(await visitsOf(on.book.db, ref)).toEqual([]);
  await start(id);
  const proof = { seenAt: NOON, latitude: 31.23, longitude: 121.47, recordings: ['av/17'] };
  await noteVisitEnd(on.book.db, id, 'met', NOON, proof);
  expect(await visitsOf(on.book.db, ref)).toMatchObject([{ result: 'met', endedAt: NOON, ...proof }]);
});

test('where the book keeps staff, only staff sets out', async () => {
  const { ref } = await debtor();
  await act(ref);
  await addStaff(on.book.db, 'head-1', ['head'], null);
  await expect(start((await taskOf(ref)).id)).rejects.toMatchObject({
    code: 'STAFF_UNKNOWN',
    args: { ref: 'f-1' },
  });
});
