import { AccountTime } from '../../src/workflows/account-time';
import { Inbox } from '../../src/workflows/inbox';

const epoch = '2026-03-01T00:00:00.000Z';
const later = '2026-03-05T00:00:00.000Z';
const none = { events: [], aside: [] };
const pays = (id: string, at?: string) => ({ id, at, amount: 1, valueDate: '2026-03-01' });

const rehearsal = () =>
  new AccountTime({ kind: 'rehearsal', epoch, started: new Date().toISOString(), factor: 1 });
const inboxAt = (time: AccountTime) => new Inbox(time, () => 'made-up', none);
const drain = (inbox: Inbox): string[] => {
  const ids: string[] = [];
  for (let it = inbox.next(); it !== null; it = inbox.next()) ids.push(it.event.id);
  return ids;
};

test('hands out what has come in the order of arrival, and the rest when the account gets there', () => {
  const time = rehearsal();
  const inbox = inboxAt(time);
  inbox.receive('payment', pays('ahead', later));
  inbox.receive('payment', pays('b', epoch));
  inbox.receive('payment', pays('a', '2026-02-01T00:00:00.000Z'));
  expect(drain(inbox)).toEqual(['b', 'a']);
  expect(inbox.earliest()).toBe(later);
  time.reach(later);
  expect(drain(inbox)).toEqual(['ahead']);
  expect(inbox.earliest()).toBeNull();
});

test('in real time what has arrived has happened', () => {
  const inbox = inboxAt(new AccountTime({ kind: 'real' }));
  inbox.receive('payment', pays('tomorrow', '2099-01-01T00:00:00.000Z'));
  expect(drain(inbox)).toEqual(['tomorrow']);
});

test('a message typed by hand needs neither an id nor a time', () => {
  const inbox = inboxAt(rehearsal());
  inbox.receive('payment', { amount: 1, valueDate: '2026-03-01' });
  expect(inbox.waiting).toMatchObject([{ id: 'made-up', amount: 1 }]);
});

test.each<[string, unknown]>([
  ['payment', undefined],
  ['payment', { malformed: 'not valid JSON' }],
  ['payment', { ...pays('x'), amount: 1.5 }],
  ['payment', Symbol('x')],
  ['toString', {}],
  ['张三 138', {}],
])('%s with %p is kept aside with a reason and without what was said', (name, payload) => {
  const inbox = inboxAt(rehearsal());
  expect(() => inbox.receive(name, payload)).not.toThrow();
  expect(inbox.waiting).toEqual([]);
  expect(inbox.keptAside).toHaveLength(1);
  expect(inbox.keptAside[0]?.name).toMatch(/^[\w.:?-]*$/);
});

test('a question counts until it is handed out, and is never of the future', () => {
  const inbox = inboxAt(rehearsal());
  const promise = {
    kind: 'promise',
    id: 'q',
    at: '2099-01-01T00:00:00.000Z',
    promise: 'q',
    givenBy: 'debtor',
    channel: 'call',
  } as const;
  inbox.ask(promise, () => undefined);
  expect(inbox.hasQuestions).toBe(true);
  expect(inbox.earliest()?.slice(0, 4)).toBe('2026');
});
