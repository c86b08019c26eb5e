import * as z from "zod"

/** Where something stands in an item: `region.slug`, `networks.v4[type=public].ip_address`, `ipv4[0]`, `name_servers[]`. */
const path = z.string().min(1)
/** A place where the document does not settle it: it becomes a `// DECIDE:` in the source. */
const decide = z.string().min(1).optional()

const size = z.strictObject({ name: z.string(), most: z.int().positive() }).optional()

/** How a list goes on, and how it says that it has ended. */
const paging = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("whole") }),
  z.strictObject({
    kind: z.literal("numbers"),
    page: z.string(),
    size,
    /** The last page by its number, or what leads to the next one. Without either, an empty page is the end. */
    lastPage: path.optional(),
    next: path.optional(),
    total: path.optional(),
  }),
  z.strictObject({ kind: z.literal("offset"), offset: z.string(), size, total: path.optional() }),
  /** A token in the answer, to be sent back; of the last item where `ofItem` says so. */
  z.strictObject({
    kind: z.literal("cursor"),
    cursor: z.string(),
    size,
    next: path,
    ofItem: z.boolean().optional(),
    total: path.optional(),
  }),
  /** The address of the next page, in the answer or, without `next`, in its Link header. */
  z.strictObject({ kind: z.literal("links"), size, next: path.optional(), total: path.optional() }),
])

/** What stands in an item of a list, as far as it is used. */
const field = z.strictObject({
  is: z.enum(["id", "number-id", "text", "texts", "integer", "number", "flag", "secret"]),
  words: z.array(z.string()).optional(),
  example: z.json().optional(),
})
const fields = z.record(path, field)

/** A list of the API. One with a parameter in its path that another list tells has `within`. */
interface ListInput {
  path: string
  /** Where the items are in the answer: `droplets`, `data.items`; empty when the answer is the list. */
  items: string
  /** What wraps each item: `service` in `[{ cursor, service }]`. */
  item?: string | undefined
  /** What one is called: `droplet`. */
  noun: string
  paging: z.output<typeof paging>
  fields: z.output<typeof fields>
  within?: { parameter: string; id: string; name?: string | undefined; of: ListInput } | undefined
  /** Parts of the query that have to be said, as places. */
  query?: string[] | undefined
  decide?: string | undefined
}
const list: z.ZodType<ListInput, ListInput> = z.lazy(() =>
  z.strictObject({
    path: z.string().startsWith("/"),
    items: z.string(),
    item: z.string().optional(),
    noun: z.string().min(1),
    paging,
    fields,
    within: z.strictObject({ parameter: z.string(), id: path, name: path.optional(), of: list }).optional(),
    query: z.array(z.string()).optional(),
    decide,
  }),
)

/** What is done to a value on its way into a column. */
const conversion = z.enum([
  "as it is",
  "GB to MB",
  "MB to GB",
  "ISO time",
  "seconds",
  "milliseconds",
  "host name",
  "name in zone",
  "scope",
])

const column = z.strictObject({ from: path, as: conversion })

const status = z.strictObject({
  /** Without it, nothing tells a status. */
  from: path.optional(),
  words: z.record(z.string(), z.string()),
  /** Words that are told and have no place yet. */
  open: z.array(z.string()),
  /** For all rows alike, where a list holds only what is so. */
  always: z.string().optional(),
  decide,
})

const input = z.strictObject({
  name: z.string(),
  is: z.enum(["text", "texts", "integer", "number", "flag", "secret", "words"]),
  words: z.array(z.string()).optional(),
  required: z.boolean(),
  description: z.string().optional(),
  example: z.json().optional(),
})

/** How one of a table is made, watched and removed. Only where it needs no other thing. */
const making = z.strictObject({
  path: z.string().startsWith("/"),
  /** Parts of the POST's query that have to be said: places of its list. */
  query: z.array(z.string()).optional(),
  status: z.int(),
  /** What wraps it in the answer to the POST, and to the GET of one. */
  made: z.string(),
  one: z.string(),
  /** The parameter in the path of one: `/v2/droplets/{droplet_id}`. */
  parameter: z.string(),
  inputs: z.array(input),
  decide,
})

const resource = z.strictObject({
  table: z.string(),
  list,
  columns: z.record(z.string(), column),
  status,
  redact: z.array(z.string()),
  making: making.optional(),
})

/** All that `create` writes down: what a document proposed and a person confirmed. */
export const dockSpec = z
  .strictObject({
    $schema: z.string().optional(),
    provider: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens"),
    title: z.string().trim().min(1),
    website: z.url({ protocol: /^https$/ }),
    baseUrl: z.strictObject({ url: z.url({ protocol: /^https$/ }), decide }),
    version: z.string().min(1),
    /** Where the facts come from, for the recordings. */
    source: z.enum(["nothing", "document", "traffic"]),
    authentication: z.strictObject({
      kind: z.enum(["bearer", "basic", "header"]),
      header: z.string().optional(),
      decide,
    }),
    /** Parts of addresses that no list tells, and a person has to: an organisation, a project. */
    places: z.array(z.strictObject({ name: z.string(), title: z.string() })),
    limits: z.strictObject({
      requests: z.int().positive(),
      seconds: z.int().positive(),
      documentedAt: z.url(),
      decide,
    }),
    /** Whose credential it is. Without it the first list is asked. */
    account: z
      .strictObject({
        path: z.string(),
        within: z.string(),
        noun: z.string(),
        id: path,
        name: path.optional(),
        fields,
      })
      .optional(),
    resources: z.array(resource).min(1),
  })
  .meta({ title: "A dock to be created", description: "What `stackdock create --from` reads." })

export type DockSpec = z.output<typeof dockSpec>
export type Resource = z.output<typeof resource>
export type List = ListInput
export type Paging = z.output<typeof paging>
export type Field = z.output<typeof field>
export type Fields = z.output<typeof fields>
export type Column = z.output<typeof column>
export type Conversion = z.output<typeof conversion>
export type Status = z.output<typeof status>
export type Making = z.output<typeof making>
export type MakingInput = z.output<typeof input>
