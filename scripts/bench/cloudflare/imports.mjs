// How long zod takes to import, and a dock after it. Arguments: where the compiled registry is, the dock.
const [registry, dock] = process.argv.slice(2)

const start = performance.now()
await import(`${registry}/zod.js`)
const zod = performance.now()
await import(`${registry}/docks/${dock}/index.js`)
console.log(JSON.stringify({ zodMs: zod - start, dockMs: performance.now() - zod }))
