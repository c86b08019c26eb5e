import type { Shape } from "./shape.ts"

/** What a document tells of an API, whichever format it has. */
export interface Description {
  /** For people: `OpenAPI 3.1`. */
  readonly format: string
  readonly title: string
  readonly version: string
  /** Without a slash at its end. Undefined where the document does not name a host. */
  readonly baseUrl: string | undefined
  readonly website: string | undefined
  readonly authentication: Authentication | undefined
  readonly operations: readonly Operation[]
}

export type Authentication =
  | { readonly kind: "bearer" }
  | { readonly kind: "basic" }
  | { readonly kind: "header"; readonly name: string }

export interface Operation {
  /** In capitals. */
  readonly method: string
  /** With `{name}` for what varies. */
  readonly path: string
  readonly id: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly parameters: readonly Parameter[]
  /** What it takes. */
  readonly body: Shape | undefined
  /** What it answers when all is well, and with which status. */
  readonly answer: Shape | undefined
  readonly status: number
  /** Lower-case names of headers that the answer is said to have. */
  readonly headers: readonly string[]
}

export interface Parameter {
  readonly name: string
  readonly in: "path" | "query" | "header"
  readonly required: boolean
  readonly shape: Shape
}
