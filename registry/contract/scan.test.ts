import { describe, expect, it } from "vitest"
import { scan } from "./scan.ts"

/** Put together here, so that no scanner takes this file for a leak. */
const planted = (...parts: string[]) => parts.join("")

describe("scanning recordings", () => {
  it.each([
    ["an AWS key", { note: planted("AKIA", "ABCDEFGHIJKLMNOP") }],
    ["a GitHub token", { text: planted("ghp_", "0123456789abcdefghijABCDEFGHIJ") }],
    ["a private key", { pem: planted("-----BEGIN RSA ", "PRIVATE KEY-----\nMII") }],
    ["a JSON web token", { jwt: planted("eyJhbGciOiJI", ".eyJzdWIiOiIx.", "c2ln") }],
    ["a bearer token", { header: planted("Bearer ", "0123456789abcdef") }],
    ["a password in an address", { dsn: planted("postgres://app:", "hunter22@db.example.com/app") }],
    ["a secret by its name", { data: [{ secret_token: "b7d9a1" }] }],
    ["a password by its name", { db: { rootPassword: "correct horse" } }],
    ["a public IPv4 address", { ip: planted("8.8", ".8.8") }],
    ["a public IPv4 address within text", { log: planted("from 52.1", ".2.3 port 22") }],
    ["a public IPv6 address", { ip: planted("2606:4700", "::1111") }],
    ["somebody's e-mail address", { owner: planted("jane@", "gmail.com") }],
    ["an e-mail address as a key", { [planted("jane@", "gmail.com")]: true }],
  ])("finds %s", (_, body) => {
    expect(scan(body)).not.toEqual([])
  })

  it.each([
    ["made-up secrets", { token: "fake-secret-1", password: null, secret: "", server_key: "*7c1e" }],
    ["documentation addresses", ["192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1"]],
    ["private addresses", ["10.0.0.1", "172.16.4.4", "192.168.1.1", "127.0.0.1", "fe80::1", "fd00::2"]],
    ["example mail", ["jane@example.com", "joe@mail.example.net", "x@host.test"]],
    ["times and versions", ["2026-01-01T10:20:30Z", "10:20:30", "8.3.1", "1.2.3.4.5"]],
    [
      "names that only sound secret",
      { public_key: "ssh-ed25519 AAAA", token_type: "bearer", secret_count: 3 },
    ],
  ])("lets %s pass", (_, body) => {
    expect(scan(body)).toEqual([])
  })

  it("says where", () => {
    expect(scan({ data: [{ ip: planted("8.8", ".8.8") }] })).toMatchObject([{ path: "data[0].ip" }])
  })
})
