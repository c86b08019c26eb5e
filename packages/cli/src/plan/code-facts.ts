import type { ResolvedItem } from "../registry/resolve.ts"
import { isSource, scan } from "../registry/scan.ts"
import { variableName } from "../runtime/read-credentials.ts"

/** What the code of items reaches for, read from the code and held against what the items say. */
export interface CodeFacts {
  /** Hosts that the code names and its item does not. */
  readonly unlisted: readonly { item: string; target: string; host: string }[]
  /** Environment variables that the code reads, or that the command reads for it. */
  readonly variables: readonly string[]
}

export function codeFacts(items: readonly ResolvedItem[]): CodeFacts {
  const unlisted: { item: string; target: string; host: string }[] = []
  const variables = new Set<string>()
  for (const { item } of items) {
    const { hosts = [], links = [], tests, provider, credentials } = item.meta.stackdock
    const listed = new Set([...hosts, ...links])
    for (const field of Object.keys(propertiesOf(credentials))) {
      if (provider !== undefined) variables.add(variableName(provider, field))
    }
    for (const { target, content } of item.files) {
      if (!isSource(target) || tests.includes(target)) continue
      const found = scan(content)
      for (const host of found.hosts) if (!listed.has(host)) unlisted.push({ item: item.name, target, host })
      for (const name of found.variables) variables.add(name)
    }
  }
  return { unlisted, variables: [...variables].sort() }
}

function propertiesOf(schema: Readonly<Record<string, unknown>> | undefined): object {
  const properties = schema?.["properties"]
  return typeof properties === "object" && properties !== null ? properties : {}
}
