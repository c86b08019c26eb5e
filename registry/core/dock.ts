import type { z } from "zod"
import type { ResourceTableName } from "../schema/index.ts"
import type { Http } from "./http.ts"
import type { RateLimits } from "./limits.ts"
import type { Problem } from "./problem.ts"
import type { Action, Provision } from "./provision.ts"
import type { Resource } from "./resource.ts"

/** The account behind a credential. */
export interface Account {
  readonly id: string
  readonly name: string
}

/** How a screen tells docks apart at a glance. */
export interface ProviderLook {
  /** `#1f6feb`: it has to be told from white and from black. */
  readonly color: string
  /** The `d` of one SVG path, filled, in a box of 24 by 24. A glyph of one's own: logos belong to somebody. */
  readonly icon: string
}

export type SyncMap<Api> = {
  readonly [Name in ResourceTableName]?: Resource<Name, Api>
}

export interface Dock<Credentials extends z.ZodType = z.ZodType, Api = unknown> {
  /** Lower-case and stable: it is in every row. */
  readonly provider: string
  readonly title: string
  readonly website: string
  readonly look?: ProviderLook
  /** Hosts that the code calls, shown before it is copied into a project. */
  readonly hosts: readonly string[]
  readonly credentials: Credentials
  readonly limits: RateLimits
  /** Makes a client. Sends nothing. */
  connect(credentials: z.output<Credentials>, http: Http): Api
  /** One cheap call that fails when the credential is not good. */
  verify(api: Api): Promise<Account>
  /**
   * Reads the provider's error out of an answer. It is asked for every JSON answer: a provider that says "failed" inside
   * a 200 is caught here. Without it the common shapes are understood (`errorFromBody` in `problem.ts`).
   */
  problem?(body: unknown, status: number): Problem | undefined
  readonly sync: SyncMap<Api>
  /** What it can make, by kind: `server`, `domain`, `dnsRecord`. */
  readonly provision?: Readonly<Record<string, Provision<Api>>>
  /** What it can do to rows, by table and name: `{ servers: { restart } }`. */
  readonly actions?: { readonly [Name in ResourceTableName]?: Readonly<Record<string, Action<Api>>> }
}

/** A dock of any provider. Methods are declared as methods, so a `Dock<X, Y>` fits where this is asked for. */
export type AnyDock = Dock

export function defineDock<Credentials extends z.ZodType, Api>(
  dock: Dock<Credentials, Api>,
): Dock<Credentials, Api> {
  return dock
}
