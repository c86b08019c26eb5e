const KEY = "stackdock.studio-key"

/**
 * This browser's half of what the server asks for; the other is a cookie. Whoever comes with a link exchanges its token for
 * both, and is here from then on, in every tab. Without either the pages say that nobody is signed in.
 */
export async function studioKey(): Promise<string> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token")
  if (token !== null) {
    // Used up in a moment, and not to be kept as a bookmark.
    history.replaceState(null, "", location.pathname)
    const response = await fetch("/api/auth/open", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    })
    if (response.ok) {
      const { key }: { key: string } = await response.json()
      localStorage.setItem(KEY, key)
    }
  }
  return localStorage.getItem(KEY) ?? ""
}
