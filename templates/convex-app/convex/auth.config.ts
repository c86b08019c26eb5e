import type { AuthConfig } from "convex/server"

declare const process: { env: Record<string, string> }

/** Whose sign-ins the deployment believes: https://docs.convex.dev/auth */
export default {
  providers: [
    { domain: process.env["OIDC_ISSUER"] ?? "", applicationID: process.env["OIDC_CLIENT_ID"] ?? "" },
  ],
} satisfies AuthConfig
