import { Worker, type NativeConnection } from '@temporalio/worker';
import type { FeedActivities } from '../activities/feed/contract';
import { feedQueue } from '../workflows/feed-queue';
import { PAYLOAD_CONVERTER } from './bundle';

/** A file is read as fast as one core goes: two of two lenders at once, and the looks into other folders beside them. */
const FILES_AT_ONCE = 4;

/** The worker of feeds: activities only, on a queue of its own, so that it runs where the folders are. */
export function createFeedWorker(options: {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The queue of the accounts beside which it works. */
  readonly taskQueue: string;
  readonly activities: FeedActivities;
}): Promise<Worker> {
  const { connection, namespace, taskQueue, activities } = options;
  return Worker.create({
    ...{ connection, namespace, taskQueue: feedQueue(taskQueue) },
    activities: { ...activities },
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
    maxConcurrentActivityTaskExecutions: FILES_AT_ONCE,
    shutdownGraceTime: '2 seconds',
  });
}
