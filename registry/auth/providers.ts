import type { BetterAuthOptions } from "better-auth/minimal"

export type Providers = NonNullable<BetterAuthOptions["socialProviders"]>

/** Those that can be set up by the environment, with their names for people. */
const known = { github: "GitHub", gitlab: "GitLab", google: "Google", microsoft: "Microsoft" } as const

/** `GITHUB_CLIENT_ID` and `GITHUB_CLIENT_SECRET`, and the same for the others. What is not there is not offered. */
export function providersFrom(environment: Readonly<Record<string, string | undefined>>): Providers {
  const entries = Object.keys(known).flatMap((name) => {
    const clientId = environment[`${name.toUpperCase()}_CLIENT_ID`]
    const clientSecret = environment[`${name.toUpperCase()}_CLIENT_SECRET`]
    return clientId && clientSecret ? [[name, { clientId, clientSecret }]] : []
  })
  return Object.fromEntries(entries)
}

export function titleOfProvider(name: string): string {
  const titles: Readonly<Record<string, string>> = known
  return titles[name] ?? name
}
