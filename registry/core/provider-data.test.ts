import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { providerData } from "./provider-data.ts"

const size = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length

describe("providerData", () => {
  it("replaces the values of keys whose names say that they are secret, however they are spelt", () => {
    const names = [
      "password",
      "passwd",
      "temp_pass",
      "default_password",
      "rootPassword",
      "secret",
      "client_secret",
      "secretToken",
      "token",
      "accessToken",
      "application_token",
      "api_key",
      "apikey",
      "apiKey",
      "X-Api-Key",
      "private_key",
      "private_key_pem",
      "server_key",
      "secret_access_key",
      "access_key",
      "authorization",
      "credential",
      "credentials",
      "connection_string",
      "connectionUri",
      "jwt_secret",
      "password_hash",
      "auth_code",
      "recovery_codes",
      "DB_PASSWORD",
      "password2",
      "kubeconfig",
    ]
    for (const name of names) {
      expect(providerData({ a: { [name]: "fake" } }), name).toEqual({ a: { [name]: "[redacted]" } })
    }
  })

  it("keeps what only sounds like it", () => {
    const data = {
      public_key: "ssh-ed25519 AAAA",
      token_type: "bearer",
      secret_count: 3,
      secret_name: "DB",
      max_tokens: 4096,
      tokens: 12,
      key: "value",
      primary_key: "id",
      access_key_id: "AKIA",
      api_key_id: 4,
      password_authentication: "yes",
      passenger: "x",
      compass: "north",
      bypass: "cache",
      author: "me",
      keyboard: "de",
      token_expires_at: "2027-01-01",
    }
    expect(providerData(data)).toEqual(data)
  })

  it("keeps null, flags and the empty string under a secret name: they tell whether there is one", () => {
    const data = { password: null, token: "", secret: false, has_secret: true, api_key: 0, is_token: 1 }
    expect(providerData(data)).toEqual(data)
  })

  it("replaces whole objects, lists and numbers under a secret name", () => {
    expect(providerData({ credentials: { user: "u", pass: "p" }, tokens: ["a"], password: 123456 })).toEqual({
      credentials: "[redacted]",
      tokens: "[redacted]",
      password: "[redacted]",
    })
  })

  it("replaces the keys that a dock lists, at any depth and in exactly that spelling", () => {
    expect(providerData({ a: [{ hook: "h", Hook: "H" }], hook: { url: "u" } }, ["hook"])).toEqual({
      a: [{ hook: "[redacted]", Hook: "H" }],
      hook: "[redacted]",
    })
  })

  it("replaces the value of an environment variable whose name is secret", () => {
    const env = [
      { key: "DB_PASSWORD", value: "fake" },
      { name: "API_TOKEN", value: "fake" },
      { key: "MODE", value: "on" },
    ]
    expect(providerData({ env })).toEqual({
      env: [
        { key: "DB_PASSWORD", value: "[redacted]" },
        { name: "API_TOKEN", value: "[redacted]" },
        { key: "MODE", value: "on" },
      ],
    })
  })

  it("replaces private keys, users in URLs, tokens in queries and passwords in settings, in any string", () => {
    expect(
      providerData({
        note: "-----BEGIN OPENSSH PRIVATE KEY-----\nfake\n-----END OPENSSH PRIVATE KEY-----",
        url: "postgres://app:p@ss/word@db.example.com:5432/app",
        repo: "https://ghp_fake@git.example.com/a/b",
        link: "https://files.example.com/a?X-Amz-Signature=fake&part=2",
        dsn: "Server=db.example.com;Password=fake;Port=1",
        header: "Authorization: Bearer abcdefghijklmnop1234",
      }),
    ).toEqual({
      note: "[redacted]",
      url: "postgres://[redacted]@db.example.com:5432/app",
      repo: "https://[redacted]@git.example.com/a/b",
      link: "https://files.example.com/a?X-Amz-Signature=[redacted]&part=2",
      dsn: "Server=db.example.com;Password=[redacted];Port=1",
      header: "Authorization: Bearer [redacted]",
    })
  })

  it("leaves ordinary text alone", () => {
    const data = {
      a: "https://example.com:8080/@user/b?page=2",
      b: "Basic authentication is off",
      c: "a=b; c: d",
      d: "mail@example.com",
      e: '"Username updated: example | Password authentication: yes "',
      f: "{not json",
      g: '{ "kept":   "with its spaces" }',
    }
    expect(providerData(data)).toEqual(data)
  })

  it("looks into JSON that is kept in a string, also twice over", () => {
    const inner = JSON.stringify({ user: "u", password: "fake" })
    const data = providerData({ details: inner, twice: JSON.stringify(inner), broken: inner.slice(0, -1) })
    expect(JSON.stringify(data)).not.toContain("fake")
    expect(data["details"]).toBe('{"user":"u","password":"[redacted]"}')
  })

  it("keeps at most 64 KiB, leaving out the largest values first", () => {
    const data = providerData({ id: 1, log: "x".repeat(50_000), list: "é".repeat(20_000), name: "n" })
    expect(data).toEqual({ id: 1, log: "[omitted: 50002 bytes]", list: "é".repeat(20_000), name: "n" })
    const many = Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`key-${i}`, i]))
    expect(size(providerData(many))).toBeLessThan(200)
  })

  it("leaves out a text that is longer than all that is kept, wherever it is", () => {
    expect(providerData({ a: [{ log: "x".repeat(70_000) }], id: 1 })).toEqual({
      a: [{ log: "[omitted: 70000 characters]" }],
      id: 1,
    })
  })

  it("stays within its bound, gives JSON and does not change its input, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (raw) => {
        const data = providerData(raw)
        expect(JSON.parse(JSON.stringify(data))).toEqual(data)
        expect(size(data)).toBeLessThanOrEqual(64 * 1024)
      }),
    )
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const before = JSON.stringify(raw)
        providerData(raw)
        expect(JSON.stringify(raw)).toBe(before)
      }),
    )
  })

  it("survives nesting that is too deep", () => {
    let deep: unknown = "end"
    for (let i = 0; i < 5_000; i++) deep = { deep }
    expect(JSON.stringify(providerData(deep))).toContain("nested too deep")
  })

  it("wraps an answer that is not an object", () => {
    expect(providerData(["a", 1])).toEqual({ value: ["a", 1] })
    expect(providerData("text")).toEqual({ value: "text" })
    expect(providerData(undefined)).toEqual({ value: null })
  })

  it("cannot be used to set a prototype", () => {
    const data = providerData(JSON.parse('{"__proto__":{"polluted":true},"id":1}'))
    expect(data).toEqual({ id: 1 })
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype)
  })
})
