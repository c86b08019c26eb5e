import { ConvexProviderWithAuth, type ConvexReactClient } from "convex/react"
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react"

/**
 * Signs in with any OpenID provider (authorization code with PKCE). This file is yours to replace: with
 * `ConvexProviderWithClerk`, with Convex Auth, or with whatever gives Convex a token.
 */
export function SignIn({ client, children }: { client: ConvexReactClient; children: ReactNode }) {
  return (
    <ConvexProviderWithAuth client={client} useAuth={useOpenId}>
      {children}
    </ConvexProviderWithAuth>
  )
}

const issuer: string = (import.meta.env.VITE_OIDC_ISSUER ?? "").replace(/\/$/, "")
const clientId: string = import.meta.env.VITE_OIDC_CLIENT_ID ?? ""
const redirect = `${location.origin}/`
const TOKEN = "id_token"

export async function signIn(): Promise<void> {
  const { authorization_endpoint } = await discovered()
  const verifier = random()
  const state = random()
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))
  sessionStorage.setItem(state, verifier)
  location.href = `${authorization_endpoint}?${new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirect,
    scope: "openid profile email",
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  })}`
}

export async function signOut(): Promise<void> {
  sessionStorage.removeItem(TOKEN)
}

/** As the provider's token has it; for the eyes of whoever is signed in, and for nothing else. */
export function signedIn(): { name: string; email: string | null } | null {
  const token = storedToken()
  if (token === null) return null
  const { name, email, sub } = claimsOf(token)
  return { name: name ?? email ?? sub, email: email ?? null }
}

function useOpenId() {
  const [token, setToken] = useState(storedToken)
  const [isLoading, setLoading] = useState(() => returning() !== undefined)
  useEffect(() => {
    const back = returning()
    if (!back) return
    history.replaceState(null, "", redirect)
    redeemed(back)
      .then(setToken)
      .catch(console.error)
      .finally(() => setLoading(false))
  }, [])
  // A token that has run out is not renewed here: then one signs in again.
  const fetchAccessToken = useCallback(async () => (token === null ? null : storedToken()), [token])
  return useMemo(
    () => ({ isLoading, isAuthenticated: token !== null, fetchAccessToken }),
    [isLoading, token, fetchAccessToken],
  )
}

function storedToken(): string | null {
  const token = sessionStorage.getItem(TOKEN)
  if (!token) return null
  return claimsOf(token).exp * 1000 > Date.now() ? token : null
}

function claimsOf(token: string): { exp: number; sub: string; name?: string; email?: string } {
  const text = atob(token.split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? "")
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0))))
}

/** The code with which the provider has sent the user back. It is redeemed once. */
function returning(): { code: string; verifier: string } | undefined {
  const query = new URLSearchParams(location.search)
  const [code, state] = [query.get("code"), query.get("state")]
  const verifier = state ? sessionStorage.getItem(state) : null
  return code && verifier ? { code, verifier } : undefined
}

async function redeemed({ code, verifier }: { code: string; verifier: string }): Promise<string | null> {
  const { token_endpoint } = await discovered()
  const answer = await fetch(token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
    }),
  })
  const { id_token } = (await answer.json()) as { id_token?: string }
  if (id_token) sessionStorage.setItem(TOKEN, id_token)
  return storedToken()
}

async function discovered() {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`)
  return (await answer.json()) as { authorization_endpoint: string; token_endpoint: string }
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")
}
