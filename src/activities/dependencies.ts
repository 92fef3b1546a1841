import type { Db } from '../book/open-book';
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
