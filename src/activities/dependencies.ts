import type { Feed } from '../book/feeds/feeds';
import type { Db } from '../book/open-book';
import type { FeedDelivered } from './feed/contract';
import type { HostSystem } from './host/host-system';
import type { Carrier } from './messaging/carrier';
import type { Letterheads } from './templates/letterhead';
import type { TemplateStore } from './templates/template-store';

/** What the activities stand on. The worker makes it once. */
export interface Dependencies {
  readonly db: Db;
  /** Carriers by channel. A channel without one is passed over, and the step's next is taken. */
  readonly carriers: Readonly<Partial<Record<string, Carrier>>>;
  readonly templates: TemplateStore;
  readonly letterheads: Letterheads;
  readonly host: HostSystem;
}

/** What the activities of feeds stand on. */
export interface FeedDependencies {
  readonly db: Db;
  /** Starts the accounts of a feed and tells the others (client/feed/deliver.ts), until the signal is raised. */
  readonly deliver: (
    feed: Pick<Feed, 'id' | 'lender'>,
    options: { readonly signal: AbortSignal; readonly onProgress: (sofar: FeedDelivered) => void },
  ) => Promise<FeedDelivered>;
}
