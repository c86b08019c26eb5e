import type { AnyCommand } from "../framework/command.ts"

export interface CommandEntry {
  summary: string
  load(): Promise<{ command: AnyCommand }>
}

/** Every command. The module behind each is only read when it is run. */
export const commandGroups: readonly { title: string; commands: Readonly<Record<string, CommandEntry>> }[] = [
  {
    title: "Your project",
    commands: {
      init: { summary: "Prepare a project for docks", load: () => import("./init.ts") },
      add: { summary: "Copy docks into the project", load: () => import("./add.ts") },
      status: {
        summary: "Show what was edited here, and what is newer upstream",
        load: () => import("./status.ts"),
      },
      diff: {
        summary: "Show your edits, and what changed upstream",
        load: () => import("./diff.ts"),
      },
      verify: {
        summary: "Check that what was copied is what was published",
        load: () => import("./verify.ts"),
      },
      update: {
        summary: "Merge what is newer upstream with your edits",
        load: () => import("./update.ts"),
      },
      resolve: { summary: "Finish an update that had conflicts", load: () => import("./resolve.ts") },
      remove: { summary: "Take docks out of the project", load: () => import("./remove.ts") },
      undo: {
        summary: "Take the last add, update or remove back",
        load: () => import("./undo.ts"),
      },
      adopt: { summary: "Take over code that came here by other means", load: () => import("./adopt.ts") },
      doctor: { summary: "Check the project and say how to mend it", load: () => import("./doctor.ts") },
      mcp: { summary: "Serve coding agents, over stdin and stdout", load: () => import("./mcp.ts") },
    },
  },
  {
    title: "Running docks",
    commands: {
      studio: { summary: "Look at everything in a browser", load: () => import("./studio.ts") },
      connect: { summary: "Connect an account of a provider", load: () => import("./connect.ts") },
      docks: { summary: "List the connected accounts", load: () => import("./docks.ts") },
      disconnect: { summary: "Forget an account's credential", load: () => import("./disconnect.ts") },
      sync: { summary: "Read what the providers have", load: () => import("./sync.ts") },
      resources: { summary: "Show the rows of a table", load: () => import("./resources.ts") },
      provision: { summary: "Make something at a provider", load: () => import("./provision.ts") },
      deprovision: { summary: "Remove something at its provider", load: () => import("./deprovision.ts") },
      action: {
        summary: "Do something to a row: restart it, redeploy it",
        load: () => import("./action.ts"),
      },
      provisionings: {
        summary: "Show what was asked for, and go on with what is unfinished",
        load: () => import("./provisionings.ts"),
      },
      audit: { summary: "Show who did what", load: () => import("./audit.ts") },
      keys: { summary: "Look after the keys that encrypt credentials", load: () => import("./keys.ts") },
    },
  },
  {
    title: "Writing docks",
    commands: {
      create: { summary: "Begin a dock for a provider", load: () => import("./create.ts") },
      record: {
        summary: "Keep a provider's answers, scrubbed, as recordings",
        load: () => import("./record.ts"),
      },
      replay: { summary: "Run a dock over recordings alone", load: () => import("./replay.ts") },
      check: { summary: "Tell what a dock still lacks", load: () => import("./check.ts") },
    },
  },
  {
    title: "Registry",
    commands: {
      list: { summary: "List what can be added", load: () => import("./list.ts") },
      search: { summary: "Find items by a word", load: () => import("./search.ts") },
      view: { summary: "Show an item before adding it", load: () => import("./view.ts") },
      registry: { summary: "Name other registries to add from", load: () => import("./registry.ts") },
      build: { summary: "Build a registry from its sources", load: () => import("./build.ts") },
    },
  },
]
