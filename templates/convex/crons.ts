import { cronJobs } from "convex/server"
import { stackdockCrons } from "./stackdock/convex/crons.ts"

const crons = cronJobs()
stackdockCrons(crons)

export default crons
