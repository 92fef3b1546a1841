import { Client } from 'pg';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { ownDatabase, ownNamespace } from '../support/servers';

test('a test file has a database of its own', async () => {
  const database = await ownDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ zone: string; word: string }>(
    `select current_setting('timezone') as zone, '逾期' as word`,
  );
  await client.end();
  await database.drop();
  expect(rows).toEqual([{ zone: 'UTC', word: '逾期' }]);
});

test('a namespace lists accounts by stage and keeps closed runs for the stated time', async () => {
  const { client, namespace, close } = await ownNamespace();
  const stage = defineSearchAttributeKey('Stage', 'KEYWORD');
  await client.workflow.start('account', {
    taskQueue: 'none',
    workflowId: 'account:acme:1',
    typedSearchAttributes: new TypedSearchAttributes([{ key: stage, value: 'field-visit' }]),
  });
  const listed = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const found of client.workflow.list({ query: 'Stage = "field-visit"' }))
      ids.push(found.workflowId);
    return ids;
  };
  for (let tries = 0; tries < 50 && (await listed()).length === 0; tries++) {
    await new Promise((done) => setTimeout(done, 100));
  }
  expect(await listed()).toEqual(['account:acme:1']);
  const described = await client.connection.workflowService.describeNamespace({ namespace });
  expect(described.config?.workflowExecutionRetentionTtl?.seconds?.toString()).toBe(String(72 * 3600));
  await close();
});
