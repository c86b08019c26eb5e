// How long zod takes to import, and the dock after it. Argument: where the compiled registry is.
const [registry] = process.argv.slice(2)

const start = performance.now()
await import(`${registry}/zod.js`)
const zod = performance.now()
await import(`${registry}/dock.js`)
console.log(JSON.stringify({ zodMs: zod - start, dockMs: performance.now() - zod }))
