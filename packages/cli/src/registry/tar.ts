import { gunzipSync } from "node:zlib"

const BLOCK = 512

/**
 * The files of a .tar.gz. Reads what git makes: plain headers, and pax records or GNU entries for long names
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html). Links are left out: they could lead anywhere.
 */
export function readTarball(archive: Uint8Array, most: number): Map<string, Uint8Array> {
  const tar = gunzipSync(archive, { maxOutputLength: most })
  const files = new Map<string, Uint8Array>()
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    const size = sizeOf(header)
    const start = at + BLOCK
    if (start + size > tar.length) throw new Error("it ends in the middle of a file")
    const content = tar.subarray(start, start + size)
    at = start + Math.ceil(size / BLOCK) * BLOCK
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === "x") longName = paxPath(content) ?? longName
    else if (type === "L") longName = textOf(content)
    else if (type !== "g") {
      if (type === "0" || type === "\0") files.set(longName ?? nameOf(header), content)
      longName = undefined
    }
  }
  return files
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100))
  const prefix = textOf(header.subarray(345, 500))
  return prefix === "" ? name : `${prefix}/${name}`
}

function sizeOf(header: Uint8Array): number {
  const text = textOf(header.subarray(124, 136)).trim()
  if (!/^[0-7]+$/.test(text)) throw new Error("it is not a tar archive")
  return Number.parseInt(text, 8)
}

/** Records are `<length> <key>=<value>\n`, the length counting bytes of all of it. */
function paxPath(records: Uint8Array): string | undefined {
  for (let at = 0; at < records.length; ) {
    const space = records.indexOf(0x20, at)
    const length = space === -1 ? 0 : Number(textOf(records.subarray(at, space)))
    if (!Number.isInteger(length) || length <= 0) throw new Error("it has a broken header")
    const [key, value] = textOf(records.subarray(space + 1, at + length - 1)).split(/=(.*)/s)
    if (key === "path") return value
    at += length
  }
  return undefined
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString("utf8")
}
