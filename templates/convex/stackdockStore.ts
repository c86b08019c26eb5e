// What StackDock's actions do in the database. No client can call these.
export * from "./stackdock/stores/convex/functions.ts"
