import { spawn } from "node:child_process"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

/**
 * Opens an address in the user's browser. Every user of a machine sees what programs are started with, so the browser is
 * started with a file that only this user can read, and the file leads to the address.
 */
export function openBrowser(dir: string, url: string): void {
  // Made anew: one that is there already would keep whatever others may do with it.
  closePage(dir)
  writeFileSync(pageIn(dir), page(url), { mode: 0o600, flag: "wx" })
  const [command = "", ...args] = opener(pathToFileURL(pageIn(dir)).href)
  const child = spawn(command, args, { stdio: "ignore", detached: true })
  // Where there is no browser to open, the address is still on the screen.
  child.once("error", () => {})
  child.unref()
}

/** Once the link is used, or will not be. */
export function closePage(dir: string): void {
  rmSync(pageIn(dir), { force: true })
}

/** Whether there is somebody, and a screen, to open it for. */
export function hasBrowser(env: NodeJS.ProcessEnv = process.env): boolean {
  if (!process.stdout.isTTY || env["CI"]) return false
  if (process.platform !== "linux") return env["SSH_CONNECTION"] === undefined
  return Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"])
}

function pageIn(dir: string): string {
  return join(dir, ".stackdock", "open-studio.html")
}

function opener(address: string): string[] {
  if (process.platform === "darwin") return ["open", address]
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", address]
  return ["xdg-open", address]
}

function page(url: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>StackDock Studio</title>
<a href="${url}">Open the studio</a>
`
}
