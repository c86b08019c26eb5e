import { isProvider, playProvider } from "./provider.ts"

/** Plays the providers that it is given until it is killed; tells where on its first line. */
const names = process.argv.slice(2).filter(isProvider)
const played = await Promise.all(names.map(async (name) => [name, (await playProvider(name)).baseUrl]))
console.log(JSON.stringify(Object.fromEntries(played)))
