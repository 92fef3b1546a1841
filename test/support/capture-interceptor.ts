import { proxySinks, type Sinks, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

export interface CaptureSinks extends Sinks {
  readonly capture: { command(name: string, what: string): void };
}

const { capture } = proxySinks<CaptureSinks>();

/**
 * Shows what a workflow asks for while it replays. Replay itself compares the kinds and the order of commands only:
 * other arguments, or a timer of another length, replay without a word.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity(input, next) {
        capture.command(input.activityType, JSON.stringify(input.args));
        return next(input);
      },
      startTimer(input, next) {
        capture.command('timer', String(input.durationMs));
        return next(input);
      },
      continueAsNew(input, next) {
        capture.command('continue-as-new', JSON.stringify(input.args));
        return next(input);
      },
    },
  ],
});
