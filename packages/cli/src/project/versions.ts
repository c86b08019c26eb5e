/**
 * As much of version ranges as copied source needs: `^4.6.7`, `~4.6`, `4.x`, `>=3.2.0`, `4.6.7`. A range is judged by
 * the lowest version that it allows.
 */
type Version = readonly [major: number, minor: number, patch: number]

/** The lowest version of a range; undefined for what is no range: a tag, an address, `workspace:*`. */
export function lowest(range: string): string | undefined {
  const [, major, minor = "0", patch = "0"] =
    /^(?:npm:(?:@?[^@]+)@)?\s*(?:[\^~=v]|>=)?\s*v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?/.exec(range) ?? []
  return major === undefined ? undefined : [major, minor, patch].map((part) => Number(part) || 0).join(".")
}

export function satisfies(version: string, range: string): boolean {
  const has = parts(version)
  const wants = parts(lowest(range) ?? "0.0.0")
  return atLeast(has, wants) && (range.startsWith(">=") || sameLine(version, range))
}

/** Whether a version is of the range's major; below 1.0 the minor counts, as for `^`. */
export function sameLine(version: string, range: string): boolean {
  const has = parts(version)
  const wants = parts(lowest(range) ?? "0.0.0")
  return has[0] === wants[0] && (has[0] > 0 || has[1] === wants[1])
}

function atLeast(has: Version, wants: Version): boolean {
  const differs = has.findIndex((part, index) => part !== wants[index])
  return differs === -1 || (has[differs] ?? 0) > (wants[differs] ?? 0)
}

function parts(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.\-+]/).map((part) => Number(part) || 0)
  return [major, minor, patch]
}
