/** `www` for `www.example.com` in the zone `example.com`, and `@` for the zone itself. */
export function nameWithin(name: string, zone: string): string {
  if (name === zone) return "@"
  return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name
}
