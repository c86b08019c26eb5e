/** Base64 of a text's UTF-8 bytes; `btoa` alone takes Latin-1 only. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
}
