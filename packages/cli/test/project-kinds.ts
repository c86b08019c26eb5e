import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** A project as its generator makes it, reduced to what decides how source is written and checked. */
export interface ProjectKind {
  readonly title: string
  readonly typescript: "5.9" | "6" | "7"
  /** The package's folder inside the project, for monorepos. */
  readonly folder: string
  /** What is not text is written as JSON. */
  readonly files: Readonly<Record<string, unknown>>
  /** The tsconfig that its own `tsc` runs with; undefined for a project without one. */
  readonly tsconfig: string | undefined
  readonly root: string
  /** How an import looks there. */
  readonly importExtension: ".ts" | ".js" | ""
}

/** What `tsc --init` writes. */
const tscInit = {
  module: "nodenext",
  target: "esnext",
  types: [],
  sourceMap: true,
  declaration: true,
  declarationMap: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  strict: true,
  jsx: "react-jsx",
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: "force",
  skipLibCheck: true,
}

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  erasableSyntaxOnly: true,
  isolatedModules: true,
  forceConsistentCasingInFileNames: true,
}

export const projectKinds: readonly ProjectKind[] = [
  {
    title: "Node, ES modules, as `tsc --init` sets it up",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": { name: "node-esm", private: true, type: "module" },
      "tsconfig.json": { compilerOptions: tscInit },
      "src/main.ts": "export const main = 1\n",
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: ".js",
  },
  {
    title: "Node, CommonJS, the old settings",
    typescript: "5.9",
    folder: ".",
    files: {
      "package.json": { name: "node-cjs", private: true, type: "commonjs" },
      "tsconfig.json": {
        compilerOptions: {
          target: "ES2022",
          module: "CommonJS",
          moduleResolution: "node10",
          esModuleInterop: true,
          forceConsistentCasingInFileNames: true,
          strict: true,
          skipLibCheck: true,
          outDir: "dist",
        },
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: "",
  },
  {
    title: "Node, CommonJS, with Node's resolution",
    typescript: "6",
    folder: ".",
    files: {
      "package.json": { name: "node-cjs-next", private: true },
      "tsconfig.json": {
        compilerOptions: {
          ...strictest,
          module: "nodenext",
          target: "es2023",
          skipLibCheck: true,
          outDir: "dist",
        },
        include: ["src"],
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: ".js",
  },
  {
    title: "Node that runs its own source, tabs and carriage returns",
    typescript: "6",
    folder: ".",
    files: {
      ".editorconfig": "root = true\r\n[*]\r\nindent_style = tab\r\nend_of_line = crlf\r\n",
      "package.json": '{\r\n\t"name": "node-strip",\r\n\t"private": true,\r\n\t"type": "module"\r\n}\r\n',
      "tsconfig.json": {
        compilerOptions: {
          ...strictest,
          target: "esnext",
          lib: ["ES2022"],
          module: "nodenext",
          rewriteRelativeImportExtensions: true,
          verbatimModuleSyntax: true,
          skipLibCheck: true,
          outDir: "dist",
        },
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: ".ts",
  },
  {
    title: "a bundler, no file endings in imports, no DOM",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": { name: "bundler", private: true, type: "module" },
      "tsconfig.json": {
        compilerOptions: {
          ...strictest,
          target: "ES2022",
          lib: ["ES2022"],
          module: "Preserve",
          verbatimModuleSyntax: true,
          skipLibCheck: true,
          noEmit: true,
        },
      },
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: "",
  },
  {
    title: "Vite",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": {
        name: "vite-app",
        private: true,
        type: "module",
        devDependencies: { vite: "^8.0.0" },
      },
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }],
      },
      "tsconfig.app.json": `{
  "compilerOptions": {
    "target": "ES2023",
    "useDefineForClassFields": true,
    "lib": ["ES2023", "DOM", "DOM.Iterable"],
    "module": "ESNext",
    "types": ["vite/client"],
    "skipLibCheck": true,

    /* Bundler mode */
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": true,
    "verbatimModuleSyntax": true,
    "moduleDetection": "force",
    "noEmit": true,
    "jsx": "react-jsx",

    /* Linting */
    "strict": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "erasableSyntaxOnly": true,
    "noFallthroughCasesInSwitch": true,
    "noUncheckedSideEffectImports": true,
  },
  "include": ["src"]
}
`,
      "tsconfig.node.json": {
        compilerOptions: { module: "ESNext", moduleResolution: "bundler", noEmit: true, strict: true },
        include: ["vite.config.ts"],
      },
      "vite.config.ts": 'import { defineConfig } from "vite"\n\nexport default defineConfig({})\n',
      "src/main.ts": "document.title = import.meta.env.MODE\n",
    },
    tsconfig: "tsconfig.app.json",
    root: "src/stackdock",
    importExtension: ".ts",
  },
  {
    title: "Next",
    typescript: "5.9",
    folder: ".",
    files: {
      "package.json": { name: "next-app", private: true, dependencies: { next: "16.0.0" } },
      "tsconfig.json": {
        compilerOptions: {
          target: "ES2017",
          lib: ["dom", "dom.iterable", "esnext"],
          allowJs: true,
          skipLibCheck: true,
          strict: true,
          noEmit: true,
          esModuleInterop: true,
          module: "esnext",
          moduleResolution: "bundler",
          resolveJsonModule: true,
          isolatedModules: true,
          jsx: "preserve",
          incremental: true,
          plugins: [{ name: "next" }],
          paths: { "@/*": ["./*"] },
        },
        include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts"],
        exclude: ["node_modules"],
      },
      "app/layout.ts": "export const layout = 1\n",
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: "",
  },
  {
    title: "Convex",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": {
        name: "convex-app",
        private: true,
        type: "module",
        dependencies: { convex: "^1.48.0" },
      },
      "convex/tsconfig.json": {
        compilerOptions: {
          allowJs: true,
          strict: true,
          moduleResolution: "Bundler",
          jsx: "react-jsx",
          skipLibCheck: true,
          allowSyntheticDefaultImports: true,
          target: "ESNext",
          lib: ["ES2023", "dom"],
          forceConsistentCasingInFileNames: true,
          module: "ESNext",
          isolatedModules: true,
          noEmit: true,
        },
        include: ["./**/*"],
        exclude: ["./_generated"],
      },
      "convex/tasks.ts": "export const tasks = 1\n",
    },
    tsconfig: "convex/tsconfig.json",
    root: "convex/stackdock",
    importExtension: "",
  },
  {
    title: "a package of a pnpm workspace",
    typescript: "7",
    folder: "packages/infra",
    files: {
      "package.json": { name: "monorepo", private: true },
      "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
      "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
      "tsconfig.base.json": { compilerOptions: { ...strictest, target: "ES2022", skipLibCheck: true } },
      "config/module.json": { compilerOptions: { module: "nodenext", types: ["node"], declaration: true } },
      "packages/infra/package.json": { name: "infra", private: true, type: "module" },
      "packages/infra/tsconfig.json": `{
  // Shared settings first.
  "extends": ["../../tsconfig.base.json", "../../config/module.json"],
  "include": ["src"],
}
`,
    },
    tsconfig: "tsconfig.json",
    root: "src/stackdock",
    importExtension: ".js",
  },
  {
    title: "JavaScript without a tsconfig",
    typescript: "7",
    folder: ".",
    files: {
      "package.json": { name: "plain", private: true, type: "module" },
      "src/main.js": "export const main = 1\n",
    },
    tsconfig: undefined,
    root: "src/stackdock",
    importExtension: ".ts",
  },
]

/** Writes the project and returns the folder of its package. */
export function makeProject(kind: ProjectKind, dir: string): string {
  for (const [path, content] of Object.entries(kind.files)) {
    const file = join(dir, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`)
  }
  return join(dir, kind.folder)
}

const repository = fileURLToPath(new URL("../../../", import.meta.url))
const shelves = [
  "registry/node_modules",
  "packages/cli/node_modules",
  "templates/node_modules",
  "node_modules",
  "node_modules/.pnpm/node_modules",
]
/** Real, but of no use to the copied code: the tests do without. */
const frameworks = ["next"]

/**
 * Stands in for the install: links exactly what package.json names, so that a package which the copied code needs and
 * its item does not name is found missing.
 */
export function linkPackages(
  packageDir: string,
  typescript: ProjectKind["typescript"],
  /** The folder whose packages come first: a package may have been installed with others beside it, or without. */
  first = "registry",
): void {
  const manifest = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"))
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, typescript: "" })
  for (const name of names.filter((entry) => !frameworks.includes(entry))) {
    const source = name === "typescript" && typescript !== "6" ? `typescript-${typescript}` : name
    const ordered = [`${first}/node_modules`, ...shelves]
    const shelf = ordered.map((folder) => join(repository, folder, source)).find((path) => existsSync(path))
    if (shelf === undefined) throw new Error(`${source} is not installed in this repository`)
    const link = join(packageDir, "node_modules", name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(shelf, link, "junction")
  }
}
