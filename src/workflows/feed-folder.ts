import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowCancellationType,
  defineQuery,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { FeedActivities, FeedFile, FolderLook, FolderNote } from '../activities/feed/contract';
import { feed } from './feed';
import { feedQueue } from './feed-queue';

export interface FolderRun {
  /** How each file ended that was taken up: `taken`, `refused CODE`, `running`. */
  readonly files: readonly { readonly file: string; readonly ended: string }[];
  readonly notes: readonly FolderNote[];
}

export const folderQuery = defineQuery<FolderRun>('folder');

/** Files taken up in one run; the next poll goes on, so that no history grows with a folder that never empties. */
const MOST = 50;
const LENDER = defineSearchAttributeKey('Lender', 'KEYWORD');

/**
 * One look into a watched folder, by its schedule: takes the files that are whole one after the other, each in a workflow
 * of its own, and looks again after each, for it decides whose turn is next.
 */
export async function feedFolder({ watch }: { readonly watch: string }): Promise<FolderRun> {
  const { lookIn } = proxyActivities<FeedActivities>({
    taskQueue: feedQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '2 minutes',
    // A folder that is away is looked at by the next poll again: the run that fails is how it is seen.
    retry: { initialInterval: '2 seconds', maximumAttempts: 5 },
  });
  let run: FolderRun = { files: [], notes: [] };
  const now = (files: FolderRun['files'], look: FolderLook): void => {
    run = { files, notes: look.notes };
    setCurrentDetails(inWords(run, look.more));
  };
  setHandler(folderQuery, () => run, { description: 'Files taken up in this run, and what waits' });
  while (run.files.length < MOST) {
    const look = await lookIn({ watch });
    now(run.files, look);
    const { next } = look;
    if (next === null) break;
    const ended = await take(next);
    now([...run.files, { file: next.file, ended }], look);
    // Somebody else has it: looking again would find it again.
    if (ended === 'running' || ended === 'failed') break;
  }
  return run;
}

async function take(next: FeedFile): Promise<string> {
  const { lender, kind, businessDate, moment } = next;
  const summary = `${next.feed} of ${moment ?? businessDate} (${kind})`;
  try {
    const child = await startChild(feed, {
      args: [next],
      workflowId: `feed:${lender}:${next.feed}:${moment ?? businessDate}`,
      staticSummary: summary,
      memo: { title: summary, file: next.file },
      typedSearchAttributes: [{ key: LENDER, value: lender }],
      // A feed under way is not broken off because the look that found it is.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
    });
    const { taken } = await child.result();
    return taken.how === 'refused' ? `refused ${taken.code}` : taken.how;
  } catch (error) {
    if (isCancellation(error)) throw error;
    // The file stays where it is; what went wrong stands in the feed's own workflow.
    return error instanceof WorkflowExecutionAlreadyStartedError ? 'running' : 'failed';
  }
}

function inWords({ files, notes }: FolderRun, more: number): string {
  const lines = [
    ...files.map(({ file, ended }) => `- ${file}: ${ended}`),
    ...notes.map(
      ({ feed: name, file, code, args }) => `- ${file ?? name ?? 'folder'}: ${code} ${JSON.stringify(args)}`,
    ),
  ];
  if (more > 0) lines.push(`- ${more} more are whole and follow`);
  return lines.length === 0 ? 'Nothing to take.' : lines.join('\n');
}
