import { queryGeneric } from "convex/server"
import { signIn } from "./stackdock/auth"

/** The id under which whoever is signed in can be made a member. */
export default queryGeneric({
  args: {},
  handler: async (ctx) => (await signIn.userOf(ctx)) ?? null,
})
