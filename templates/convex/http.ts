import { httpRouter } from "convex/server"
import { stackdockRoutes } from "./stackdock/convex/http.ts"
import setup from "./stackdock/stackdock.ts"

const http = httpRouter()
stackdockRoutes(http, setup)

export default http
