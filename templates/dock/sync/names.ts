import { hostname } from "../../../core/hostname.ts"

/** The full name of a record that is told within its zone: `www`, or `@` for the zone itself. */
export function fullName(name: string | null | undefined, zone: string | undefined): string | null {
  const zoneName = hostname(zone)?.name
  if (name == null || zoneName === undefined) return null
  if (name === "" || name === "@") return zoneName
  const told = hostname(name)?.name ?? null
  // Some providers tell the full name, with or without a dot at its end.
  return told === null || told === zoneName || told.endsWith(`.${zoneName}`) ? told : `${told}.${zoneName}`
}
