import { Socket } from 'node:net';

/**
 * A socket that sends what is written to it in one go as one piece: pg writes each statement by
 * itself, and a write costs both sides more than the statement.
 */
export class GatheringSocket extends Socket {
  private isGathering = false;

  override uncork(): void {
    // pg corks around each statement; what is given in one go leaves together.
    if (this.isGathering) return;
    this.isGathering = true;
    process.nextTick(() => {
      this.isGathering = false;
      // Socket.uncork lowers the count by one; whatever was corked meanwhile goes now.
      while (this.writableCorked > 0) super.uncork();
    });
  }
}
