/** The queue of the workers that see the folders in which files arrive: an account's activities run anywhere. */
export function feedQueue(taskQueue: string): string {
  return `${taskQueue}-feeds`;
}
