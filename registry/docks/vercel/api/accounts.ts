import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import { DockError } from "../../../core/errors.ts"
import type { Http } from "../../../core/http.ts"
import type { Scope } from "../../../core/resource.ts"
import { VercelTeam, VercelUser } from "../types.ts"
import { PER_PAGE, pages } from "./pages.ts"

/**
 * A team, or the personal account. Every request says for whom it is by `teamId`. Without one, Vercel answers for the
 * personal account: a 200 with other rows, and no error.
 */
export const VercelAccount = z.object({
  /** As the rows' scopes begin: `team/team_abc`, `user/abc`. */
  scope: z.string(),
  teamId: z.string().optional(),
  /** As in the addresses of the dashboard. */
  slug: z.string().nullable(),
})
export type VercelAccount = z.output<typeof VercelAccount>

export class AccountsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  async getUser(): Promise<VercelUser> {
    return envelope(UserAnswer, await this.#http.get("/v2/user")).user
  }

  /** All that the token sees. The personal account comes first, unless it has become one of the teams. */
  async list(): Promise<VercelAccount[]> {
    const user = await this.getUser()
    const accounts = user.version === "northstar" ? [] : [personal(user)]
    const endpoint = "/v2/teams"
    const teams = pages("teams", (until) => this.#http.get(endpoint, { query: { limit: PER_PAGE, until } }))
    for await (const page of teams) {
      for (const raw of page.items) accounts.push(teamAccount(needed(VercelTeam, raw, `GET ${endpoint}`)))
    }
    return accounts
  }

  /** The account of this id or slug. Without a name, the one that Vercel itself would take. */
  async find(name: string | undefined): Promise<VercelAccount> {
    const accounts = await this.list()
    const { defaultTeamId } = name === undefined ? await this.getUser() : {}
    const found =
      name === undefined
        ? (accounts.find(({ teamId }) => teamId === undefined || teamId === defaultTeamId) ?? accounts[0])
        : accounts.find(({ scope, teamId, slug }) => [scope, teamId, slug].includes(name))
    if (found) return found
    throw new DockError({
      code: "invalid_request",
      provider: "vercel",
      message: `vercel: the token sees no team ${JSON.stringify(name ?? "")}`,
      suggestion: `Name one of these: ${accounts.map(({ slug, scope }) => slug ?? scope).join(", ")}.`,
    })
  }
}

const UserAnswer = z.looseObject({ user: VercelUser })

function personal({ id, username }: VercelUser): VercelAccount {
  return { scope: `user/${id}`, slug: username ?? null }
}

function teamAccount({ id, slug }: VercelTeam): VercelAccount {
  return { scope: `team/${id}`, teamId: id, slug: slug ?? null }
}

export function accountScope(account: VercelAccount): Scope<VercelAccount> {
  return { id: account.scope, ...(account.slug ? { name: account.slug } : {}), data: account }
}

/** What a scope's id says: `team/team_abc`, `team/team_abc/zone/example.com`, `user/abc/project/prj_123`. */
export function readScope(id: string): {
  readonly account: VercelAccount
  readonly project: string | undefined
  readonly zone: string | undefined
} {
  const [owner = "", ownerId = "", kind, name] = id.split("/")
  return {
    account: {
      scope: `${owner}/${ownerId}`,
      ...(owner === "team" ? { teamId: ownerId } : {}),
      slug: null,
    },
    project: kind === "project" ? name : undefined,
    zone: kind === "zone" ? name : undefined,
  }
}

/**
 * Reads an item that other rows hang on. It may not be skipped like an odd row: what hangs on it would seem to be gone.
 * So it throws, and the rows stay.
 */
export function needed<Shape extends z.ZodType>(
  shape: Shape,
  raw: unknown,
  endpoint: string,
): z.output<Shape> {
  return envelope(shape, { provider: "vercel", endpoint, status: 200, requestId: undefined, body: raw })
}
