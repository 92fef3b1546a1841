import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Temporal's SDK keeps these names, and throws for a signal of such a name: the account's task would fail for ever. */
const RESERVED = '__temporal_';
const RENAMED = 'reserved:';

/** Lets a signal with a reserved name reach the inbox under another, where it is kept aside like any unknown one. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  internals: [
    {
      activate(input, next) {
        for (const { signalWorkflow: signal } of input.activation.jobs ?? []) {
          if (signal?.signalName?.startsWith(RESERVED)) signal.signalName = RENAMED + signal.signalName;
        }
        next(input);
      },
    },
  ],
});
