import type { PageRequest } from "../../engine/reading.ts"
import type { Reads } from "../../ui/data/port.ts"
import { type ApiClient, answerOf, part } from "./requests.ts"

/** Questions, as the server takes them. */
export function createReads(api: ApiClient): Reads {
  return {
    session: () => answerOf(api.session.$get()),
    counts: () => answerOf(api.counts.$get()),
    changes: ({ limit, ...query }) => answerOf(api.changes.$get({ query: { ...query, limit: told(limit) } })),
    runs: ({ dock, limit }) => answerOf(api.runs.$get({ query: { dock, limit: told(limit) } })),
    providers: () => answerOf(api.providers.$get()),
    docks: () => answerOf(api.docks.$get()),
    resources: (request) =>
      answerOf(api.tables[":table"].$get({ param: { table: request.table }, query: pageQuery(request) })),
    resource: ({ id }) => answerOf(api.resources[":id"].$get({ param: { id: part(id) } })),
    resourceData: ({ id }) => answerOf(api.resources[":id"].data.$get({ param: { id: part(id) } })),
    provisionings: ({ dock, limit }) =>
      answerOf(api.provisionings.$get({ query: { dock, limit: told(limit) } })),
    provisioning: ({ id }) => answerOf(api.provisionings[":id"].$get({ param: { id: part(id) } })),
    audit: ({ limit, ...query }) => answerOf(api.audit.$get({ query: { ...query, limit: told(limit) } })),
    members: () => answerOf(api.members.$get()),
    keys: () => answerOf(api.keys.$get()),
  }
}

function pageQuery({ filter = {}, sort, offset, limit }: PageRequest) {
  const { providers, docks, statuses, environments, text, where, deleted } = filter
  return {
    provider: several(providers),
    dock: several(docks),
    status: several(statuses),
    environment: several(environments),
    text: text || undefined,
    where: several(Object.entries(where ?? {}).map(([column, value]) => `${column}:${value}`)),
    deleted: deleted ? ("true" as const) : undefined,
    sort: sort && `${sort.descending ? "-" : ""}${sort.column}`,
    offset: told(offset),
    limit: told(limit),
  }
}

/** What is left out is not asked about; the client leaves out what is undefined. */
function told(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function several(values: readonly string[] | undefined): string[] | undefined {
  return values && values.length > 0 ? [...values] : undefined
}
