import type { Listing, Page } from "../../../core/page.ts"
import type { Scope } from "../../../core/resource.ts"
import { needed, type VercelAccount } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { VercelDomain, VercelProject } from "../types.ts"

/** One scope for each account. Which one it is stands in the id; the data is for addresses of the dashboard. */
export async function* accountScopes(api: VercelApi): Listing<Scope<VercelAccount>> {
  yield { items: (await api.accounts.list()).map(accountScope) }
}

export function accountScope(account: VercelAccount): Scope<VercelAccount> {
  return { id: account.scope, ...(account.slug ? { name: account.slug } : {}), data: account }
}

export function projectScope({ scope }: VercelAccount, projectId: string): Scope {
  return { id: `${scope}/project/${projectId}` }
}

export function zoneScope({ scope }: VercelAccount, zone: string): Scope {
  return { id: `${scope}/zone/${zone}`, name: zone }
}

/** The accounts and, one by one, their projects: both have domains. */
export async function* accountAndProjectScopes(api: VercelApi): Listing<Scope> {
  const accounts = await api.accounts.list()
  yield { items: accounts.map(({ scope, slug }) => ({ id: scope, ...(slug ? { name: slug } : {}) })) }
  yield* withinEach(accounts, projectScopes)

  async function* projectScopes(account: VercelAccount): Listing<Scope> {
    for await (const page of api.projects.listProjects(account.owner)) {
      const projects = page.items.map((raw) => needed(Project, raw, "GET /v10/projects"))
      yield { items: projects.map(({ id }) => projectScope(account, id)) }
    }
  }
}

export async function* zoneScopes(api: VercelApi): Listing<Scope> {
  yield* withinEach(await api.accounts.list(), async function* (account) {
    for await (const page of api.domains.listDomains(account.owner)) {
      const domains = page.items.map((raw) => needed(Domain, raw, "GET /v5/domains"))
      yield { items: domains.map(({ name }) => zoneScope(account, name)) }
    }
  })
}

const Project = VercelProject.pick({ id: true })
const Domain = VercelDomain.pick({ name: true })

/**
 * An account that cannot be listed does not keep the others from being read. It fails last, so that nothing counts as
 * gone.
 */
async function* withinEach(
  accounts: readonly VercelAccount[],
  list: (account: VercelAccount) => AsyncIterable<Page<Scope>>,
): Listing<Scope> {
  const failures: unknown[] = []
  for (const account of accounts) {
    try {
      yield* list(account)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
