import { join } from 'node:path';
import { createActivities } from '../../src/activities/create-activities';
import { TemplateStore } from '../../src/activities/templates/template-store';
import { accept } from '../../src/book/journal';
import { lettersOf } from '../../src/book/letters';
import { listTasks } from '../../src/book/tasks';
import { payment, published, rehearse } from '../book/book-under-test';
import { contact, smallStrategy } from '../support/small-strategy';
import { person, request, stage, type Stage } from './under-test';

const SHIPPED = join(__dirname, '..', '..', 'templates');
const letter = { channels: ['letter'], tone: 4 };
const STRATEGY = smallStrategy([
  contact('D1', [60], { ...letter, template: 'demand-letter' }),
  contact('D2', [61], { ...letter, template: 'no-such-text' }),
]);

describe('letters', () => {
  let on: Stage;
  let strategy: string;
  let act: ReturnType<typeof createActivities>;
  beforeAll(async () => {
    on = await stage();
    await rehearse(on.book.db);
    strategy = await published(on.book.db, STRATEGY);
    act = createActivities({ ...on.deps, templates: new TemplateStore(SHIPPED, 'zh') });
  });
  afterAll(() => on.close());

  const ADDRESS = [{ kind: 'address' as const, value: '人民路 88 号' }];

  it('keeps the text as a draft beside the task that asks for it, written once', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS);
    const asked = request(ref, strategy, 'D1', { tone: 4 });
    expect(await act.schedule(asked)).toEqual({ how: 'done', channel: 'letter' });
    const [task] = await listTasks(on.book.db, { account: ref });
    const [draft] = await lettersOf(on.book.db, ref);
    expect(draft).toMatchObject({
      task: task?.id,
      status: 'draft',
      template: 'demand-letter',
      sentTo: '人民路 88 号',
    });
    expect(draft?.body).toContain('张伟');
    expect(draft?.body).toContain('2026年3月10日');

    // What was drafted stays, whatever the account owes when the activity is tried again.
    await accept(on.book.db, ref, payment(10_000), 'test');
    await act.schedule(asked);
    expect(await lettersOf(on.book.db, ref)).toEqual([draft]);
    // The task itself names nobody: it is shown to whoever works.
    expect(JSON.stringify(task)).not.toContain('张伟');
  });

  it('speaks the language of the person', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS, { language: 'en', name: 'Ann Lee' });
    await act.schedule(request(ref, strategy, 'D1', { tone: 4 }));
    const [draft] = await lettersOf(on.book.db, ref);
    expect(draft).toMatchObject({ language: 'en' });
    expect(draft?.body).toContain('Ann Lee');
  });

  it('opens the task without a text where none is written, for a person to write it', async () => {
    const { ref } = await person(on.book.db, strategy, ADDRESS);
    expect(await act.schedule(request(ref, strategy, 'D2'))).toEqual({ how: 'done', channel: 'letter' });
    expect(await listTasks(on.book.db, { account: ref })).toHaveLength(1);
    expect(await lettersOf(on.book.db, ref)).toEqual([]);
  });
});
