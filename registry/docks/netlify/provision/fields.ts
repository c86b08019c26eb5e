import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"

export const accountSlug = z
  .string()
  .regex(/^[a-z\d][a-z\d-]*$/, "must be a team's slug")
  .meta({ title: "Team", description: "Its slug, as in app.netlify.com/teams/<slug>" })

export function reference(title: string, description: string) {
  return z
    .string()
    .regex(/^(?=.*\d)[\w-]+$/, "must be an id")
    .meta({ title, description })
}

export function domainName(title: string, description: string) {
  return z
    .string()
    .refine((value) => hostname(value) !== null, "must be a domain name")
    .meta({ title, description })
    .transform((value) => hostname(value)?.name ?? value)
}
