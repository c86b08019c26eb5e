import { spawn } from "node:child_process"
import { CliError } from "../framework/error.ts"
import type { Project } from "./detect.ts"
import type { PackageManager } from "./package-manager.ts"

/** On a build machine pnpm, Yarn and npm refuse to change a lockfile or leave out development packages unless told. */
const quietly: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["--include=dev", "--no-audit", "--no-fund"],
  pnpm: ["--no-frozen-lockfile", "--prod=false"],
  yarn: [],
  bun: [],
}

/** Only what is in the manager's own cache. Yarn 2 and later take this from the environment only, like the rest. */
const offline: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["--offline"],
  pnpm: ["--offline"],
  yarn: [],
  bun: ["--prefer-offline"],
}

/** What a person would type. */
export function installCommand(project: Project): string {
  return `${project.packageManager} install`
}

/** Runs the project's package manager in the project's folder. */
export async function installPackages(
  project: Project,
  options: {
    offline?: boolean
    signal?: AbortSignal | undefined
    onOutput?: ((text: string) => void) | undefined
  } = {},
): Promise<void> {
  const { packageManager, dir } = project
  const shown: string[] = []
  const code = await new Promise<number | null>((resolve, reject) => {
    const flags = [...quietly[packageManager], ...(options.offline ? offline[packageManager] : [])]
    const child = spawn(packageManager, ["install", ...flags], {
      cwd: dir,
      // Yarn 2 and later take this from the environment only.
      env: {
        ...process.env,
        YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
        ...(options.offline ? { YARN_ENABLE_NETWORK: "false" } : {}),
      },
      stdio: ["ignore", "pipe", "pipe"],
      // On Windows the managers are scripts, which only a shell starts; the arguments are ours.
      shell: process.platform === "win32",
      ...(options.signal ? { signal: options.signal } : {}),
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        shown.push(text)
        options.onOutput?.(text)
      })
    }
    child.on("error", reject).on("close", resolve)
  }).catch((error: unknown) => {
    throw failed(project, error instanceof Error ? error.message : String(error))
  })
  if (code !== 0) {
    const last = shown.join("").trimEnd().split(/\r?\n/).slice(-12).join("\n")
    throw failed(project, `it ended with code ${code}.\n${last}`)
  }
}

function failed(project: Project, reason: string): CliError {
  return new CliError({
    code: "install_failed",
    message: `${installCommand(project)} did not succeed: ${reason}`,
    hint: `The files are in place. Install the packages yourself: ${installCommand(project)}`,
  })
}
