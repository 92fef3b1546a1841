import type { FeedKind } from '../../book/tables';
import type { ErrorCode } from '../../domain/errors/catalogue';
import type { ErrorArgs } from '../../domain/errors/forbear-error';
import type { Instant, IsoDate } from '../../domain/units';

/** What the workflows of feeds ask for, as types only. Names of files and figures: nothing personal. */
export interface FeedActivities {
  /** What lies in a watched folder: the file whose turn it is, and what waits and why. */
  lookIn(request: { readonly watch: string }): Promise<FolderLook>;
  /** Takes the file into the book, whole or not at all. */
  takeFile(request: FileRequest): Promise<FileTaken>;
  /** Starts the accounts that the feed has begun, and tells the others. */
  deliverFeed(request: { readonly feed: string; readonly lender: string }): Promise<FeedDelivered>;
  /** Puts the file where it is kept; a refused one with the reason beside it. */
  putAway(request: FileRequest & { readonly taken: FileTaken }): Promise<void>;
}

/** A file of a watched folder. */
export interface FeedFile {
  readonly watch: string;
  /** Which of the feeds of the settings it is. */
  readonly feed: string;
  readonly file: string;
  readonly lender: string;
  readonly kind: FeedKind;
  readonly businessDate: IsoDate;
  /** Where a day has several files. */
  readonly moment: Instant | null;
  /** Days before it whose file did not come. */
  readonly missing: readonly IsoDate[];
}

export interface FileRequest extends FeedFile {
  /** What the feed is called in the book; the same however often it is tried. */
  readonly id: string;
}

export interface FolderLook {
  readonly next: FeedFile | null;
  /** How many others could be taken after it. */
  readonly more: number;
  readonly notes: readonly FolderNote[];
}

/** Why a file is left alone, or what is not as it should be. */
export interface FolderNote {
  readonly feed: string | null;
  readonly file: string | null;
  readonly code: ErrorCode;
  readonly args: ErrorArgs;
}

export type FileTaken =
  | {
      readonly how: 'taken';
      readonly feed: string;
      /** It was taken before: nothing of it was taken again. */
      readonly known: boolean;
      readonly counts: Readonly<Record<string, number>>;
    }
  | { readonly how: 'refused'; readonly code: ErrorCode; readonly says: string }
  /** Another feed of the lender is being taken. */
  | { readonly how: 'busy' }
  /** It is not in the folder any more. */
  | { readonly how: 'gone' };

export interface FeedDelivered {
  readonly started: number;
  readonly told: number;
}

/** How far a feed is, as its activity tells its workflow. */
export interface FeedProgress {
  readonly phase: 'waiting' | 'reading' | 'booking' | 'delivering' | 'done' | 'refused';
  /** Rows read, accounts written, or accounts told, by the phase. */
  readonly count: number;
  /** Of the phase, in percent. */
  readonly percent: number;
}
