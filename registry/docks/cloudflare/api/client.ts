import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import { DockError } from "../../../core/errors.ts"
import type { Answer, Http, RequestOptions } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { cursors, pageNumbers, single } from "../../../core/paging.ts"
import type { Secret } from "../../../core/secret.ts"
import { readBuckets, readPage, readWhole } from "./envelopes.ts"

export interface Ask extends Omit<RequestOptions, "url"> {
  /** The permission as the form for API tokens names it: `Zone > DNS > Read`. */
  readonly needs: string
}

/** Pages of one listing that are asked for at once, once their number is known. */
const AT_ONCE = 8

/** What all resources of Cloudflare's API have in common. */
export class Client {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** The same with a token in place of the credential. */
  bearing(token: Secret): Client {
    return new Client(this.#http.bearer(token))
  }

  /** A listing in pages that are counted from 1. Each resource has its own largest page, or none that is documented. */
  pages(path: string, ask: Ask, perPage?: number): Listing {
    return pageNumbers(
      async (page) =>
        readPage(await this.get(path, { ...ask, query: { ...ask.query, page, per_page: perPage } })),
      { concurrency: AT_ONCE },
    )
  }

  /** A listing that comes in one answer. */
  whole(path: string, ask: Ask): Listing {
    return single(async () => readWhole(await this.get(path, ask)))
  }

  buckets(path: string, ask: Ask): Listing {
    return cursors(async (name) =>
      readBuckets(await this.get(path, { ...ask, query: { ...ask.query, start_after: name } })),
    )
  }

  get(path: string, ask: Ask): Promise<Answer> {
    return asking(ask, (options) => this.#http.get(path, options))
  }

  post(path: string, ask: Ask): Promise<Answer> {
    return asking(ask, (options) => this.#http.post(path, options))
  }

  put(path: string, ask: Ask): Promise<Answer> {
    return asking(ask, (options) => this.#http.put(path, options))
  }

  patch(path: string, ask: Ask): Promise<Answer> {
    return asking(ask, (options) => this.#http.patch(path, options))
  }

  /** Not being there any more is a success. */
  async delete(path: string, ask: Ask): Promise<void> {
    await orNull(asking(ask, (options) => this.#http.delete(path, options)))
  }
}

/** Cloudflare refuses a good token that lacks a permission in the very words in which it refuses a bad one. */
async function asking({ needs, ...options }: Ask, send: (options: RequestOptions) => Promise<Answer>) {
  try {
    return await send(options)
  } catch (error) {
    if (!(error instanceof DockError) || error.code !== "forbidden") throw error
    const suggestion = `See that the API token is good, and has the permission "${needs}" for this account or zone.`
    throw new DockError({ ...error.toJSON(), suggestion })
  }
}

/** Null where the provider says that there is no such thing. */
export async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DockError && error.code === "not_found") return null
    throw error
  }
}

const One = z.looseObject({ result: z.unknown() })

/** What an answer about one thing holds. */
export function resultOf<Shape extends z.ZodType>(shape: Shape, answer: Answer): z.output<Shape> {
  const { result } = envelope(One, answer)
  return envelope(shape, { ...answer, body: result })
}
