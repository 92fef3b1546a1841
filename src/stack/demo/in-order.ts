/** Runs work for many accounts at once, and the work of each account one after the other. */
export class InOrder {
  private readonly chains = new Map<string, Promise<void>>();
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param onError what is told of work that failed; the account's next work goes on */
  constructor(
    private readonly atOnce: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  add(account: string, work: () => Promise<void>): void {
    const before = this.chains.get(account) ?? Promise.resolve();
    const after = before.then(() => this.run(work));
    this.chains.set(account, after);
    void after.then(() => {
      if (this.chains.get(account) === after) this.chains.delete(account);
    });
  }

  /** Accounts with work that is not finished. */
  get busy(): number {
    return this.chains.size;
  }

  async settled(): Promise<void> {
    while (this.chains.size > 0) await Promise.all(this.chains.values());
  }

  private async run(work: () => Promise<void>): Promise<void> {
    if (this.running >= this.atOnce) await new Promise<void>((go) => this.waiting.push(go));
    this.running += 1;
    try {
      await work();
    } catch (error) {
      this.onError(error);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}
