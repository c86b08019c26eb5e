import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import { DockError } from "../../../core/errors.ts"
import type { Http } from "../../../core/http.ts"
import { VercelTeam, VercelUser } from "../types.ts"
import { PER_PAGE, pages } from "./pages.ts"

/**
 * For whom a request is: it is a part of every query. Without a team, Vercel answers for the personal account: a 200 with
 * other rows, and no error.
 */
export type Owner = { readonly teamId?: string; readonly slug?: string }

/** A team, or the personal account. */
export interface VercelAccount {
  /** As the rows' scopes begin: `team/team_abc`, `user/abc`. */
  readonly scope: string
  readonly owner: Owner
  /** As in the addresses of the dashboard. */
  readonly slug: string | null
}

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
    const teams = await this.#listTeams()
    return user.version === "northstar" ? teams : [personal(user), ...teams]
  }

  /** The account of this team. Without one, the account that Vercel takes when a request names none. */
  async find({ teamId, slug }: Owner): Promise<VercelAccount> {
    const user = await this.getUser()
    const teams = await this.#listTeams()
    if (teamId === undefined && slug === undefined && user.version !== "northstar") return personal(user)
    const wanted = teamId ?? slug ?? user.defaultTeamId
    const found = teams.find((team) => team.owner.teamId === wanted || team.slug === wanted)
    if (found) return found
    throw new DockError({
      code: "not_found",
      provider: "vercel",
      message: `vercel: the token does not see the team ${wanted ?? "of its user"}`,
      suggestion: `It sees ${teams.map((team) => team.slug ?? team.scope).join(", ") || "no team"}.`,
    })
  }

  async #listTeams(): Promise<VercelAccount[]> {
    const path = "/v2/teams"
    const teams: VercelAccount[] = []
    const listing = pages("teams", (until) => this.#http.get(path, { query: { limit: PER_PAGE, until } }))
    for await (const page of listing) {
      for (const raw of page.items) {
        const { id, slug } = needed(VercelTeam, raw, `GET ${path}`)
        teams.push({ scope: `team/${id}`, owner: { teamId: id }, slug: slug ?? null })
      }
    }
    return teams
  }
}

const UserAnswer = z.looseObject({ user: VercelUser })

function personal({ id, username }: VercelUser): VercelAccount {
  return { scope: `user/${id}`, owner: {}, slug: username ?? null }
}

/** What a scope's id says: `team/team_abc`, `team/team_abc/zone/example.com`, `user/abc/project/prj_123`. */
export function readScope(id: string): {
  readonly owner: Owner
  readonly project: string | undefined
  readonly zone: string | undefined
} {
  const [kind, ownerId, within, name] = id.split("/")
  return {
    owner: kind === "team" && ownerId ? { teamId: ownerId } : {},
    project: within === "project" ? name : undefined,
    zone: within === "zone" ? name : undefined,
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
