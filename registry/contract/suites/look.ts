import { expect, it } from "vitest"
import type { Subject } from "../conformance.ts"

/** For what is no text, by WCAG 2.1: https://www.w3.org/TR/WCAG21/#non-text-contrast */
const LEAST_CONTRAST = 3

export function lookSuite({ dock }: Subject): void {
  const { look } = dock
  if (!look) return
  it("has a look that can be told from white and from black", () => {
    expect(look.color).toMatch(/^#[\da-f]{6}$/)
    expect(look.icon).toMatch(/^M[\d\s.,a-zA-Z-]+$/)
    const luminance = luminanceOf(look.color)
    expect(contrast(1, luminance)).toBeGreaterThanOrEqual(LEAST_CONTRAST)
    expect(contrast(luminance, 0)).toBeGreaterThanOrEqual(LEAST_CONTRAST)
  })
}

function contrast(lighter: number, darker: number): number {
  return (lighter + 0.05) / (darker + 0.05)
}

/** https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
