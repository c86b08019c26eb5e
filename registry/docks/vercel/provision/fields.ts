import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import type { Made, MadeSoFar } from "../../../core/provision.ts"
import type { Owner } from "../api/accounts.ts"

export const team = z
  .string()
  .regex(/^[\w-]{1,100}$/, "must be the id or the slug of a team")
  .optional()
  .meta({
    title: "Team",
    description: "Its id or slug. Without it, the personal account or the user's default team",
  })

export const project = z
  .string()
  .regex(/^[\w.-]{1,100}$/, "must be the id or the name of a project")
  .meta({ title: "Project", description: "Its id or name", refersTo: { table: "webServices" } })

export function domainName(description: string) {
  return z
    .string()
    .refine((value) => hostname(value) !== null, "must be a domain name")
    .meta({ title: "Domain", description })
    .transform((value) => hostname(value)?.name ?? value)
}

/** No slug has an underscore. */
export function ownerOf({ team }: { readonly team?: string | undefined }): Owner {
  if (team === undefined) return {}
  return team.startsWith("team_") ? { teamId: team } : { slug: team }
}

const KeptOwner = z.object({ teamId: z.string(), slug: z.string() }).partial()

/** For a step's `undo`, which is not told what was asked for. */
export function keptOwner({ data }: Pick<Made, "data">): Owner {
  const { teamId, slug } = KeptOwner.parse(data ?? {})
  return { ...(teamId === undefined ? {} : { teamId }), ...(slug === undefined ? {} : { slug }) }
}

export function madeId(made: MadeSoFar, step: string): string {
  return made[step]?.id ?? ""
}

export function missing(what: string) {
  return { state: "failed" as const, code: "not_found", message: `Vercel no longer has this ${what}.` }
}
