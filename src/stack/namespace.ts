import { Connection, type ConnectionOptions } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../domain/account/attributes';

const TYPES = {
  KEYWORD: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/** Closed runs are kept this long: the book has everything, so Temporal need not. */
export const RETENTION_HOURS = 72;

/**
 * Makes the namespace with its retention and search attributes, or completes one that is there, and waits until the
 * server knows them: it reads them anew only now and then.
 */
export async function prepareNamespace(server: string | ConnectionOptions, namespace: string): Promise<void> {
  const connection = await Connection.connect(typeof server === 'string' ? { address: server } : server);
  try {
    await unlessThere(
      connection.workflowService.registerNamespace({
        namespace,
        description: 'Accounts of Forbear',
        workflowExecutionRetentionPeriod: msToTs(`${RETENTION_HOURS} hours`),
      }),
    );
    await untilKnown(() => connection.workflowService.describeNamespace({ namespace }));
    const missing = await missingAttributes(connection, namespace);
    if (Object.keys(missing).length > 0) {
      await unlessThere(
        connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing }),
      );
    }
    await untilKnown(() =>
      connection.workflowService.countWorkflowExecutions({
        namespace,
        query: 'Stage = "none" and OldestDue is null',
      }),
    );
  } finally {
    await connection.close();
  }
}

async function missingAttributes(
  connection: Connection,
  namespace: string,
): Promise<Record<string, temporal.api.enums.v1.IndexedValueType>> {
  const there = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.fromEntries(
    Object.entries(SEARCH_ATTRIBUTES)
      .filter(([name]) => there.customAttributes[name] === undefined)
      .map(([name, type]) => [name, TYPES[type]]),
  );
}

/** gRPC's code for what exists already. */
const ALREADY_EXISTS = 6;

async function unlessThere(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  }
}

async function untilKnown(ask: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
