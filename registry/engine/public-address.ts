/**
 * Whether an address tells one machine from all others. Private ones (RFC 1918, carrier-grade NAT, link-local, loopback) are
 * used in many networks at once.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes(":")) return isPublicIpv6(address.toLowerCase())
  const parts = address.split(".").map(Number)
  const [a = -1, b = -1] = parts
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255))
    return false
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 100 && b >= 64 && b <= 127) return false
  if (a === 169 && b === 254) return false
  if (a === 172 && b >= 16 && b <= 31) return false
  return !(a === 192 && b === 168)
}

/** Global unicast is all that begins with 2 or 3. */
function isPublicIpv6(address: string): boolean {
  return /^[23][\da-f]{3}:/.test(address)
}
