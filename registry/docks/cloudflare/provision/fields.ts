import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import type { Made } from "../../../core/provision.ts"

function reference(title: string, description: string) {
  return z
    .string()
    .trim()
    .regex(/^[\da-f]{32}$/i, "must be 32 hexadecimal digits")
    .meta({ title, description })
}

export const accountId = reference("Account", "Its id, as the dashboard's address has it")
export const zoneId = reference("Zone", "Its id, which is the id of its row among the domains").meta({
  refersTo: { table: "domains", where: { kind: "zone" } },
})

export function domainName(title: string, description: string) {
  return z
    .string()
    .refine((value) => hostname(value) !== null, "must be a domain name")
    .meta({ title, description })
    .transform((value) => hostname(value)?.name ?? value)
}

/** What a step kept of where a thing is, for an `undo` that is not told what was asked for. */
const Kept = z
  .object({ account: z.string(), zone: z.string(), jurisdiction: z.enum(["default", "eu"]) })
  .partial()

export function kept(made: Made | undefined) {
  const { account = "", zone = "", jurisdiction = "default" as const } = Kept.parse(made?.data ?? {})
  return { id: made?.id ?? "", account, zone, jurisdiction }
}

export function gone(what: string) {
  return { state: "failed" as const, code: "not_found", message: `Cloudflare no longer has this ${what}.` }
}

/** The items of a listing that are of a shape and fit. What is odd about others is no matter here. */
export async function itemsIn<Shape extends z.ZodType>(
  listing: AsyncIterable<{ readonly items: readonly unknown[] }>,
  shape: Shape,
  fits: (item: z.output<Shape>) => boolean,
): Promise<z.output<Shape>[]> {
  const found: z.output<Shape>[] = []
  for await (const { items } of listing) {
    for (const raw of items) {
      const read = shape.safeParse(raw)
      if (read.success && fits(read.data)) found.push(read.data)
    }
  }
  return found
}
