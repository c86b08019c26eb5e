import type { ShownOnce } from "../core/provision.ts"
import type { RehearsedRequest } from "../core/rehearsal.ts"
import type { ResourceTableName } from "../schema/index.ts"
import type { Provisioning, ProvisioningStep } from "../schema/provisionings.ts"
import type { ReportedError } from "./stackdock.ts"

export interface ProvisionRequest {
  /** Id or name. */
  dock: string
  /** What to make: `server`, `dnsRecord`. */
  kind: string
  /** As the kind's `input` schema takes it. */
  input: unknown
  /**
   * With the same key, it is made only once, however often it is asked for. Without a key, asking again while the same
   * request is unfinished goes on with that one.
   */
  idempotencyKey?: string | undefined
  /** Waits until it is ready. Otherwise the provider is looked at once, and later with `resume`. */
  wait?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((event: ProvisionEvent) => void) | undefined
}

export interface DeprovisionRequest {
  /** The row's id: `servers_12`. */
  resourceId: string
  wait?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((event: ProvisionEvent) => void) | undefined
}

/** What a person decides where the provider offers no way to tell whether a step was made. */
export type Decision =
  | { readonly kind: "adopt"; readonly id: string } // it was made, and this is its id
  | { readonly kind: "retry" } // it was not made: make it
  | { readonly kind: "abandon" } // give up, and remove what was made

export interface ResumeRequest {
  /** One provisioning; all that are unfinished when left out. */
  id?: string | undefined
  /** Only with `id`. */
  decision?: Decision | undefined
  wait?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((event: ProvisionEvent) => void) | undefined
}

export interface ProvisioningsFilter {
  /** Id or name. */
  dock?: string | undefined
  /** Only those that are neither done nor failed. */
  unfinished?: boolean | undefined
  /** All of them when left out. */
  limit?: number | undefined
}

export interface ProvisionReport {
  id: string
  operation: Provisioning["operation"]
  dockId: string
  provider: string
  kind: string
  table: string
  state: Provisioning["state"]
  /** What was asked for, without secrets. */
  input: Provisioning["input"]
  steps: Pick<ProvisioningStep, "name" | "outcome" | "id" | "error">[]
  /** The row, once there is one. */
  resourceId: string | null
  providerResourceId: string | null
  /** What went wrong last. With an unfinished state it is not the end: resume it. */
  error: ReportedError | null
  /** It does not go on before a person has decided. `error` says about what. */
  needsDecision: boolean
  requestedBy: string
  idempotencyKey: string
  createdAt: string
  updatedAt: string
  finishedAt: string | null
  /** Secrets that the provider told in this run only. */
  shows: readonly ShownOnce[]
}

export type ProvisionEvent =
  | { type: "started"; id: string; operation: Provisioning["operation"]; kind: string; isResumed: boolean }
  | { type: "step"; id: string; step: string; outcome: ProvisioningStep["outcome"]; error: string | null }
  /** Made just now, and kept nowhere. What is waited for may depend on it: a command for a person to run. */
  | { type: "shown"; id: string; shows: readonly ShownOnce[] }
  | { type: "waiting"; id: string; progress: string | null }

export interface ActionRequest {
  /** The row's id: `servers_12`. */
  resourceId: string
  /** As the dock names it: `restart`. */
  action: string
  input?: unknown
  signal?: AbortSignal | undefined
}

export interface ActionReport {
  resourceId: string
  action: string
  message: string
  madeProviderResourceId: string | null
  shows: readonly ShownOnce[]
}

/** What a dry run is of. */
export type RehearsalRequest =
  | ({ readonly of: "provision" } & Pick<ProvisionRequest, "dock" | "kind" | "input">)
  | ({ readonly of: "deprovision" } & Pick<DeprovisionRequest, "resourceId">)
  | ({ readonly of: "action" } & Pick<ActionRequest, "resourceId" | "action" | "input">)

export interface RehearsedStep {
  step: string
  /** Undefined when what it sends depends on an answer, or on nothing but what the steps before have made. */
  request: RehearsedRequest | null
  /** Why there is no request to show, or what the one shown is not. */
  note: string | null
}

/** A kind that a dock makes, or an action that it does. */
export interface Operation {
  /** As it is typed: `server`, `restart`. */
  name: string
  title: string
  table: ResourceTableName
  isDisruptive: boolean
  fields: InputField[]
}

export type FieldInput = "text" | "multiline" | "number" | "boolean" | "choice" | "list" | "json"

export interface FieldDependence {
  field: string
  /** The values of that field with which this one is there at all. */
  shownFor: string[]
  requiredFor: string[]
}

export interface FieldReference {
  table: ResourceTableName
  /** Only rows whose columns hold exactly this: `{ kind: "zone" }`. */
  where: Record<string, string>
}

export interface InputField {
  /** With dots for what is nested: `repository.branch`. */
  name: string
  title: string | null
  description: string | null
  /** `text`, `number`, `a | b`: what it takes, for people. */
  takes: string
  /** How it is read from what a person types: as it is, as a list with commas, or as JSON (a number, true, an object). */
  typed: "text" | "list" | "json"
  /** What a form asks for it with. */
  input: FieldInput
  /** All that it can be: of a list, all that can be in it. As they are typed, so a number is sent as `typed` says. */
  choices: string[] | null
  /** Where another field decides about it: what is asked for can have several shapes. */
  dependsOn: FieldDependence | null
  /** It takes the provider's id of one of these rows of the same account: a form can offer those that are there. */
  refersTo: FieldReference | null
  isRequired: boolean
  isSecret: boolean
  default: string | null
}
