import type { AccountStatus } from './account-status';

interface Bucket {
  readonly status: AccountStatus;
  readonly rating: string;
  /** Days past due by contract, first and last. */
  readonly from: number;
  readonly to: number;
}

/** Days past due by contract as status, and as payment rating and history code (rule M12). */
export const BUCKETS: readonly Bucket[] = [
  { status: '11', rating: '0', from: 0, to: 29 },
  { status: '71', rating: '1', from: 30, to: 59 },
  { status: '78', rating: '2', from: 60, to: 89 },
  { status: '80', rating: '3', from: 90, to: 119 },
  { status: '82', rating: '4', from: 120, to: 149 },
  { status: '83', rating: '5', from: 150, to: 179 },
  { status: '84', rating: '6', from: 180, to: Number.POSITIVE_INFINITY },
];

/** A day before the due date counts as none past due. */
export function bucketOf(daysPastDue: number): Bucket {
  return BUCKETS.findLast(({ from }) => daysPastDue >= from) ?? (BUCKETS[0] as Bucket);
}

/** The bucket that the status stands for; undefined for what is not a count of days. */
export const bucketOfStatus = (status: string): Bucket | undefined =>
  BUCKETS.find((bucket) => bucket.status === status);

export const bucketOfRating = (rating: string): Bucket | undefined =>
  BUCKETS.find((bucket) => bucket.rating === rating);
