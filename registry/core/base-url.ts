/**
 * Whether an address may be the base of requests that carry a credential. Plain http is for this machine only: a
 * credential must not cross a network in clear.
 */
export function isSafeBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username || url.password || url.search || url.hash) return false
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host)
}
