import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { readFile, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { CliError } from "../framework/error.ts"
import type { Warning } from "./dependencies.ts"
import { indexOf, type Published, publish } from "./publish.ts"
import { UNVERSIONED } from "./schema.ts"
import { invalidRegistry, readSources, type Sources } from "./source-registry.ts"

/** Files written at once: enough to keep the disk busy, far below what a process may hold open. */
const ABREAST = 16

export interface BuildResult {
  items: number
  /** Names of files in the output folder. */
  written: string[]
  unchanged: string[]
  /** What items were found to need beyond what they declare. */
  added: { item: string; dependency: string }[]
  warnings: Warning[]
}

export interface BuildOptions {
  /** The sources' registry.json. */
  readonly input: string
  /** The folder of the built files. */
  readonly output: string
  /** Where they will be served. */
  readonly url?: string | undefined
  /** Also a copy under the name of the version, which is never changed any more. */
  readonly versions?: boolean
  /** Nothing is written when there is a warning. */
  readonly strict?: boolean
}

/** Makes `<name>.json` of every item and the index of them all. The same sources always make the same bytes. */
export function buildRegistry(options: BuildOptions): Promise<BuildResult> {
  return new RegistryBuild(options).all()
}

/** A registry that is built once, and again in part when some of its files change. */
export class RegistryBuild {
  readonly #options: BuildOptions
  readonly #folder: string
  #sources: Sources | undefined
  /** Whether all of it was built at least once: until then there is nothing to change a part of. */
  #isWhole = false
  readonly #published = new Map<string, Omit<Published, "bytes">>()

  constructor(options: BuildOptions) {
    this.#options = options
    this.#folder = dirname(options.input)
  }

  /** The source files, relative to the folder of registry.json. */
  get paths(): string[] {
    const items = this.#sources?.registry.items ?? []
    return [basename(this.#options.input), ...items.flatMap(({ files }) => files.map(({ path }) => path))]
  }

  all(): Promise<BuildResult> {
    return this.#all({ keepVersions: true })
  }

  async #all(versions: { keepVersions: boolean }): Promise<BuildResult> {
    this.#isWhole = false
    this.#published.clear()
    const sources = await readSources(this.#options.input, this.#registryText(), (path) => this.#read(path))
    const names = sources.registry.items.map(({ name }) => name)
    this.#sources = sources
    const result = await this.#build(sources, names, versions)
    this.#isWhole = true
    return result
  }

  /**
   * Only the items that one of these files belongs to; everything when registry.json itself is among them. Versions are
   * left alone: one that is worked on has no final content.
   */
  async changed(paths: ReadonlySet<string>): Promise<BuildResult> {
    const sources = this.#sources
    const isPart = this.#isWhole && !paths.has(basename(this.#options.input))
    if (sources === undefined || !isPart) return this.#all({ keepVersions: false })
    const names = sources.registry.items
      .filter(({ files }) => files.some(({ path }) => paths.has(path)))
      .map(({ name }) => name)
    return this.#build(sources, names, { keepVersions: false })
  }

  async #build(
    { registry, around, problems: known }: Sources,
    names: readonly string[],
    { keepVersions }: { keepVersions: boolean },
  ): Promise<BuildResult> {
    const { input, output, url, versions = true } = this.#options
    const problems = [...known]
    const files = new Map<string, Buffer>()
    const context = { read: (path: string) => this.#read(path), around, url }
    for (const item of registry.items.filter(({ name }) => names.includes(name))) {
      const { built, problems: own } = publish(item, context)
      problems.push(...own)
      if (built === undefined) continue
      const { bytes, ...rest } = built
      this.#published.set(item.name, rest)
      files.set(`${item.name}.json`, bytes)
      const { version } = item.meta.stackdock
      if (!versions || !keepVersions || version === UNVERSIONED) continue
      const copy = `${item.name}@${version}.json`
      const present = await readPresent(join(output, copy))
      if (present === undefined || present.equals(bytes)) files.set(copy, bytes)
      else problems.push(`${item.name}: ${copy} is built already and would change: raise its version`)
    }
    if (problems.length > 0) throw invalidRegistry(input, problems)

    const published = registry.items.flatMap(({ name }) => this.#published.get(name) ?? [])
    const warnings = published.flatMap(({ findings }) => findings.warnings)
    if (this.#options.strict && warnings.length > 0) {
      throw invalidRegistry(
        input,
        warnings.map(({ item, message }) => `${item}: ${message}`),
      )
    }
    const index = indexOf(
      registry,
      published.map(({ entry }) => entry),
    )
    files.set("registry.json", index)
    mkdirSync(output, { recursive: true })
    const { written, unchanged } = await writeAll(output, files)
    return {
      items: names.length,
      written,
      unchanged,
      added: published.flatMap(({ entry, findings }) =>
        [...findings.registryDependencies, ...findings.dependencies, ...findings.devDependencies].map(
          (dependency) => ({ item: entry.name, dependency }),
        ),
      ),
      warnings,
    }
  }

  #registryText(): string {
    const { input } = this.#options
    if (existsSync(input)) return readFileSync(input, "utf8")
    throw new CliError({
      code: "registry_not_found",
      message: `There is no ${input}.`,
      hint: "stackdock build --input <registry.json>",
      exitCode: 2,
    })
  }

  #read(path: string): Uint8Array | undefined {
    try {
      return readFileSync(`${this.#folder}/${path}`)
    } catch (error) {
      const isMissing =
        error instanceof Error && "code" in error && /^(ENOENT|ENOTDIR|EISDIR)$/.test(String(error.code))
      if (isMissing) return undefined
      throw error
    }
  }
}

async function writeAll(
  output: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<{ written: string[]; unchanged: string[] }> {
  const written: string[] = []
  const unchanged: string[] = []
  const entries = [...files]
  const write = async ([name, bytes]: readonly [string, Buffer]) => {
    const path = join(output, name)
    if ((await readPresent(path))?.equals(bytes)) return unchanged.push(name)
    await writeFile(path, bytes)
    return written.push(name)
  }
  for (let start = 0; start < entries.length; start += ABREAST) {
    await Promise.all(entries.slice(start, start + ABREAST).map(write))
  }
  return { written: written.sort(), unchanged: unchanged.sort() }
}

async function readPresent(path: string): Promise<Buffer | undefined> {
  return existsSync(path) ? await readFile(path) : undefined
}
