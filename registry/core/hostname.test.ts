import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hostname } from "./hostname.ts"
import { decodePunycode } from "./punycode.ts"

describe("hostname", () => {
  it.each([
    ["Example.COM.", "example.com", "example.com"],
    ["münchen.example", "xn--mnchen-3ya.example", "münchen.example"],
    ["XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example", "münchen.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト"],
    ["☃.example", "xn--n3h.example", "☃.example"],
    ["*.Bücher.example", "*.xn--bcher-kva.example", "*.bücher.example"],
    ["_dmarc.example.com", "_dmarc.example.com", "_dmarc.example.com"],
    ["_sip._tcp.example.com", "_sip._tcp.example.com", "_sip._tcp.example.com"],
    [" localhost ", "localhost", "localhost"],
    ["1.example.com", "1.example.com", "1.example.com"],
    ["xn--99999999.example", "xn--99999999.example", "xn--99999999.example"],
  ])("reads %s", (text, name, displayName) => {
    expect(hostname(text)).toEqual({ name, displayName })
  })

  it.each([
    "",
    ".",
    "a..b",
    ".example.com",
    "-a.example.com",
    "a-.example.com",
    "a b.example.com",
    "example.com/path",
    "example.com:80",
    "user@example.com",
    "https://example.com",
    "ex%61mple.com",
    "münchen.example/path",
    "mün chen.example",
    "192.0.2.1",
    "[::1]",
    "a.*.example.com",
    "*a.example.com",
    `${"a".repeat(64)}.example.com`,
    `${"a.".repeat(127)}com`,
    null,
    undefined,
    5,
    {},
  ])("does not take %j for a name", (value) => {
    expect(hostname(value)).toBeNull()
  })

  it("comes to the same key from the name, the key and what is displayed", () => {
    const label = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        const read = hostname(`${labels.join(".")}.example`)
        fc.pre(read !== null)
        expect(read.name).toMatch(/^[a-z\d_*.-]+$/)
        expect(hostname(read.name)).toEqual(read)
        expect(hostname(read.displayName)).toEqual(read)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe("decodePunycode", () => {
  // https://www.rfc-editor.org/rfc/rfc3492#section-7.1
  it.each([
    ["egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"],
    ["d9juau41awczczp", "そのスピードで"],
    [
      "PorqunopuedensimplementehablarenEspaol-fmd56a".toLowerCase(),
      "porquénopuedensimplementehablarenespañol",
    ],
  ])("decodes %s", (encoded, text) => {
    expect(decodePunycode(encoded)).toBe(text)
  })

  it.each(["ü", "a-!", "99999z", "a-b", "99999999"])("does not take %s for punycode", (encoded) => {
    expect(decodePunycode(encoded)).toBeNull()
  })

  it("ends with a text or null for anything", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z\d-]{0,59}$/), (text) => {
        const decoded = decodePunycode(text)
        expect(decoded === null || typeof decoded === "string").toBe(true)
      }),
    )
  })
})
