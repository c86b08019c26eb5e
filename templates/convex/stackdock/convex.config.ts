// A file of this name keeps Convex from deploying the files beside it as functions of their own.
// Your functions import from this folder as from any other.
export {}
