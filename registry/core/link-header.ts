/** `<https://…>; rel="next"; title="a, b"`, any number of them: https://www.rfc-editor.org/rfc/rfc8288#section-3 */
const LINK = /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g
const RELATION = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i

/** The address of the next page by the Link header; null when there is none. */
export function nextLink(headers: Headers): string | null {
  for (const [, address, parameters] of (headers.get("link") ?? "").matchAll(LINK)) {
    const relation = RELATION.exec(parameters ?? "")
    const names = (relation?.[1] ?? relation?.[2] ?? "").toLowerCase().split(/\s+/)
    if (address && names.includes("next")) return address
  }
  return null
}
