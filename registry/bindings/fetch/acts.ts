import type { Acts } from "../../ui/data/port.ts"
import { type ApiClient, answerOf, doneOf, part } from "./requests.ts"

/** Deeds, as the server takes them. */
export function createActs(api: ApiClient): Acts {
  return {
    connect: ({ credentials, ...request }) =>
      answerOf(api.docks.$post({ json: { ...request, credentials: asObject(credentials) } })),
    rotateCredential: ({ dock, credentials }) =>
      answerOf(
        api.docks[":dock"].credential.$put({
          param: { dock: part(dock) },
          json: { credentials: asObject(credentials) },
        }),
      ),
    disconnect: ({ dock, removeRows }) =>
      answerOf(
        api.docks[":dock"].$delete({
          param: { dock: part(dock) },
          query: { removeRows: removeRows ? "true" : "false" },
        }),
      ),
    setSyncInterval: ({ dock, minutes }) =>
      answerOf(api.docks[":dock"].interval.$put({ param: { dock: part(dock) }, json: { minutes } })),
    sync: ({ docks, allowMassDelete }) =>
      doneOf(api.sync.$post({ json: { docks: docks && [...docks], allowMassDelete } })),
    rehearse: (request) => answerOf(api.rehearsals.$post({ json: request })),
    provision: (request) => answerOf(api.provisionings.$post({ json: request })),
    deprovision: ({ resourceId }) =>
      answerOf(api.resources[":id"].$delete({ param: { id: part(resourceId) } })),
    resume: ({ id, decision }) =>
      answerOf(api.provisionings[":id"].resume.$post({ param: { id: part(id) }, json: { decision } })),
    act: ({ resourceId, action, input }) =>
      answerOf(
        api.resources[":id"].actions[":action"].$post({
          param: { id: part(resourceId), action: part(action) },
          json: { input },
        }),
      ),
    setMember: ({ userId, role }) =>
      answerOf(api.members[":userId"].$put({ param: { userId: part(userId) }, json: { role } })),
    removeMember: ({ userId }) => doneOf(api.members[":userId"].$delete({ param: { userId: part(userId) } })),
    rotateKeys: () => answerOf(api.keys.rotation.$post()),
    signOut: () => doneOf(api["sign-out"].$post()),
  }
}

/** Whatever else was given is for the server to refuse. */
function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}
