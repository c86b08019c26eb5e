import type { Page } from "./page.ts"

/** What one request of a listing told. */
export interface FetchedPage<Item> extends Page<Item> {}

/** Pages counted 1, 2, 3 … (or from `first`). The provider's own signal ends it: `isLast`, or page >= `lastPage`. */
export declare function pageNumbers<Item>(
  fetchPage: (
    page: number,
  ) => Promise<FetchedPage<Item> & { lastPage?: number | undefined; isLast?: boolean | undefined }>,
  options?: { first?: number; concurrency?: number },
): AsyncGenerator<Page<Item>>

export declare function offsets<Item>(
  fetchPage: (offset: number) => Promise<FetchedPage<Item> & { isLast?: boolean | undefined }>,
): AsyncGenerator<Page<Item>>

/** Cursors and opaque tokens: `next` null, undefined or "" is the end. */
export declare function cursors<Item>(
  fetchPage: (
    cursor: string | undefined,
  ) => Promise<FetchedPage<Item> & { next: string | number | null | undefined }>,
): AsyncGenerator<Page<Item>>

/** The next page's address is in the body or in a Link header (`nextLink`). Only addresses of `origin` are followed. */
export declare function nextUrls<Item>(
  fetchPage: (url: string | undefined) => Promise<FetchedPage<Item> & { next: string | null | undefined }>,
): AsyncGenerator<Page<Item>>

/** A listing that comes in one answer. */
export declare function single<Item>(fetchPage: () => Promise<FetchedPage<Item>>): AsyncGenerator<Page<Item>>
