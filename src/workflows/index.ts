/** Everything that the worker runs as a workflow: the bundle starts here. */
export { account } from './account';
export { bureauCycle } from './bureau-cycle';
export { bureauMonth } from './bureau-month';
export { feed } from './feed';
export { feedFolder } from './feed-folder';
