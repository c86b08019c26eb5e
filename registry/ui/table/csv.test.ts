import { describe, expect, it } from "vitest"
import { csvOf, plainText } from "./csv.ts"

const column = (title: string) => ({ title, value: (row: Record<string, unknown>) => row[title] })

describe("csvOf", () => {
  it("writes titles first and quotes only what needs it", () => {
    const rows = [
      { name: "web, one", note: 'say "hello"' },
      { name: "two", note: "first\nsecond" },
    ]
    expect(csvOf([column("name"), column("note")], rows)).toBe(
      'name,note\r\n"web, one","say ""hello"""\r\ntwo,"first\nsecond"\r\n',
    )
  })

  it.each(["=1+1", "+49", "-rf", "@here", "\tx", "\rx"])("takes the formula out of %j", (value) => {
    expect(csvOf([column("name")], [{ name: value }])).toContain(`'${value}`)
  })

  it("takes the formula out of a title too, and out of what has to be quoted", () => {
    expect(csvOf([column("=a")], [{ "=a": '=HYPERLINK("x","y")' }])).toBe(
      `'=a\r\n"'=HYPERLINK(""x"",""y"")"\r\n`,
    )
  })

  it("leaves numbers below zero numbers", () => {
    expect(csvOf([column("degrees")], [{ degrees: -4.5 }])).toBe("degrees\r\n-4.5\r\n")
  })

  it("leaves a cell empty where nothing is told", () => {
    expect(csvOf([column("a"), column("b")], [{ a: null }])).toBe("a,b\r\n,\r\n")
  })
})

describe("plainText", () => {
  it("reads lists, yes and no, and what is nested", () => {
    expect(plainText(["10.0.0.1", "10.0.0.2"])).toBe("10.0.0.1, 10.0.0.2")
    expect(plainText(false)).toBe("false")
    expect(plainText({ on: true })).toBe('{"on":true}')
  })
})
