import type { z } from "zod"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import type { JsonObject } from "./provider-data.ts"
import type { Scope } from "./resource.ts"
import type { Secret } from "./secret.ts"

/** Something secret that the provider tells only now. It goes to whoever asked for the work, and is kept nowhere. */
export interface ShownOnce {
  /** For people: `Command to run on the server`. */
  readonly title: string
  readonly value: Secret
}

/** What a step has made: enough to find it again, and never a secret. It is kept on the intent's row. */
export interface Made {
  /** The provider's id of it. */
  readonly id: string
  /** What later steps, `observe` and `undo` need to know beside the id. */
  readonly data?: JsonObject
  readonly shows?: readonly ShownOnce[]
}

/** What the steps before have made, by their names. */
export type MadeSoFar = Readonly<Record<string, Made>>

export interface StepContext {
  readonly made: MadeSoFar
  /** The same for every try of this step: for providers that have idempotency keys, and for names and tags. */
  readonly idempotencyKey: string
}

/**
 * One request that makes one thing. A provision of several things has several steps, so that each can be found again after
 * a crash, and undone when a later one fails.
 */
export interface Step<Api = unknown, Input = unknown> {
  /** What it makes, as people say it: `project`, `DNS record`. Unique within the provision. */
  readonly name: string
  /** Left out when the input does not ask for it. */
  applies?(input: Input): boolean
  /**
   * Whether an interrupted try has made it: it is found by name, by tag or through the provider's idempotency key. Null is
   * "certainly not there". A step without `find` belongs to a provider that offers no way to tell; after a crash it is
   * not guessed: a person decides. It is asked before the first try, too: what is there then is somebody else's.
   */
  find?(api: Api, input: Input, context: StepContext): Promise<Made | null>
  /** Its first write is what a dry run shows, so it should be the only one. */
  create(api: Api, input: Input, context: StepContext): Promise<Made>
  /** Removes it again. Not being there any more is a success. */
  undo(api: Api, made: Made, context: { readonly made: MadeSoFar }): Promise<void>
}

/** What a look at something under way told. */
export type Observation =
  | { readonly state: "pending"; readonly progress?: string }
  /** `item` is what the table's listing would give for it, and `scope` where it would be listed: the row is mapped from them. */
  | { readonly state: "ready"; readonly item: unknown; readonly scope?: Scope }
  | {
      /** It was made, and will not get ready. It stays at the provider, to be looked at. */
      readonly state: "failed"
      readonly code: string
      readonly message: string
      /** As with `ready`, where the provider lists it although it failed: then it has a row, and can be removed by it. */
      readonly item?: unknown
      readonly scope?: Scope
    }

/** How one kind of thing is made, watched and removed at a provider. The kind's name is its key in the dock. */
export interface Provision<
  Api = unknown,
  Input extends z.ZodType = z.ZodType,
  Name extends ResourceTableName = ResourceTableName,
> {
  /** Where its row goes. */
  readonly table: Name
  readonly title: string
  /**
   * An object, or a union of objects. Checked before anything is sent. Titles and descriptions (`.meta`) are what help and
   * forms show; `refersTo: { table }` beside them names where the ids are that a field takes. What is secret is a `secret()` of `credentials.ts`: it is a `Secret` in here, and kept nowhere.
   */
  readonly input: Input
  /**
   * Whether a row is of this kind, where several kinds share a table: a Worker is no Pages project. Without it, every row
   * of the table is.
   */
  appliesTo?(row: ResourceRow<Name>): boolean
  readonly steps: readonly Step<Api, z.output<Input>>[]
  observe(api: Api, made: MadeSoFar, input: z.output<Input>): Promise<Observation>
  /** Asks the provider to remove what the row stands for. Not being there any more is a success. */
  destroy(api: Api, row: ResourceRow<Name>): Promise<void>
  /** Whether it is gone. Left out where `destroy` is done when it answers. */
  isGone?(api: Api, row: ResourceRow<Name>): Promise<boolean>
}

/** Ties a provision together, with its input and its table checked. */
export function provision<Api, Input extends z.ZodType, const Name extends ResourceTableName>(
  parts: Provision<Api, Input, Name>,
): Provision<Api, Input, Name> {
  return parts
}

/** What came of an action. */
export interface ActionResult {
  /** For people: `Restarting.` */
  readonly message: string
  /** What the action made, where it made something: a deployment, a backup. */
  readonly madeProviderResourceId?: string
  /** The changed thing as the table's listing would give it, where the provider answers with it. */
  readonly item?: unknown
  /** Where it is listed, with what the mapping needs to know of it. Needed with `item`, where the table has scopes. */
  readonly scope?: Scope
  readonly shows?: readonly ShownOnce[]
}

/** Something that can be done to a row beside making and removing it. */
export interface Action<
  Api = unknown,
  Input extends z.ZodType = z.ZodType,
  Name extends ResourceTableName = ResourceTableName,
> {
  readonly table: Name
  readonly title: string
  readonly input: Input
  /** It takes something away or interrupts a service, so a person is asked first. */
  readonly isDisruptive?: boolean
  /** Whether it can be done to this row, where a table holds things of several kinds. */
  appliesTo?(row: ResourceRow<Name>): boolean
  run(
    api: Api,
    row: ResourceRow<Name>,
    input: z.output<Input>,
    context: { readonly idempotencyKey: string },
  ): Promise<ActionResult>
}

export function action<Api, Input extends z.ZodType, const Name extends ResourceTableName>(
  parts: Action<Api, Input, Name>,
): Action<Api, Input, Name> {
  return parts
}
