import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** One run of a life: its history, and what the server says that it takes at rest. */
export interface Run {
  readonly events: readonly HistoryEvent[];
  readonly bytes: number;
}

/** The histories of every run of a life, the first one first. */
export async function readHistories(
  client: Client,
  workflowId: string,
  first: string,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let runId: string | null = first;
  while (runId !== null) {
    const run: Run = await readRun(client, workflowId, runId);
    runs.push(run);
    const end = run.events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
    runId = end?.newExecutionRunId ?? null;
  }
  return runs;
}

async function readRun(client: Client, workflowId: string, runId: string): Promise<Run> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const [{ events }, { raw }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  return { events: events ?? [], bytes: Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0) };
}

/** What an event takes in the server's own encoding. */
export function sizeOf(event: HistoryEvent): number {
  return temporal.api.history.v1.HistoryEvent.encode(event).finish().length;
}
