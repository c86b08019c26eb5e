import { Window } from "happy-dom"

/** What a page needs of a browser. Requests and answers stay Node's own, because the server of a test is in the same process. */
export function openDocument(url: string): Window {
  const window = new Window({ url, width: 1280, height: 800 })
  for (const name of Object.getOwnPropertyNames(window)) {
    if (name in globalThis && name !== "navigator") continue
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => Reflect.get(window, name),
      set: (value) => Reflect.set(window, name, value),
    })
  }
  Object.defineProperty(globalThis, "window", { configurable: true, value: window })
  return window
}
