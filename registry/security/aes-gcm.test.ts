import { describe, expect, it } from "vitest"
import { decrypt, encrypt } from "./aes-gcm.ts"
import type { Bytes } from "./base64url.ts"

/**
 * Test cases 13 to 16 and 18 (256-bit keys) of D. McGrew and J. Viega, "The Galois/Counter Mode of Operation (GCM)",
 * appendix B. Case 17 has an 8-byte initialization vector, which OpenSSL's WebCrypto does not take.
 */
const KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
const TEXT =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
const DATA = "feedfacedeadbeeffeedfacedeadbeefabaddad2"

const vectors = [
  {
    test: 13,
    key: "00".repeat(32),
    iv: "00".repeat(12),
    plaintext: "",
    data: "",
    ciphertext: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b",
  },
  {
    test: 14,
    key: "00".repeat(32),
    iv: "00".repeat(12),
    plaintext: "00".repeat(16),
    data: "",
    ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919",
  },
  {
    test: 15,
    key: KEY,
    iv: "cafebabefacedbaddecaf888",
    plaintext: TEXT,
    data: "",
    ciphertext:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
    tag: "b094dac5d93471bdec1a502270e3cc6c",
  },
  {
    test: 16,
    key: KEY,
    iv: "cafebabefacedbaddecaf888",
    plaintext: TEXT.slice(0, 120),
    data: DATA,
    ciphertext:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    tag: "76fc6ece0f4e1768cddf8853bb2d551b",
  },
  {
    test: 18,
    key: KEY,
    iv:
      "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728" +
      "c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b",
    plaintext: TEXT.slice(0, 120),
    data: DATA,
    ciphertext:
      "5a8def2f0c9e53f1f75d7853659e2a20eeb2b22aafde6419a058ab4f6f746bf4" +
      "0fc0c3b780f244452da3ebf1c5d82cdea2418997200ef82e44ae7e3f",
    tag: "a44a8266ee1c8eb0c8b5d4cf5ae9f19a",
  },
]

describe("AES-256-GCM gives the published answers", () => {
  for (const vector of vectors) {
    it(`test case ${vector.test}`, async () => {
      const key = bytes(vector.key)
      const iv = bytes(vector.iv)
      const data = bytes(vector.data)
      const sealed = await encrypt(key, iv, bytes(vector.plaintext), data)
      expect(hex(sealed)).toBe(vector.ciphertext + vector.tag)
      expect(hex(await decrypt(key, iv, sealed, data))).toBe(vector.plaintext)
    })
  }

  it("gives nothing back when the tag is another", async () => {
    const [key, iv, data] = [bytes("00".repeat(32)), bytes("00".repeat(12)), bytes("")]
    expect(await decrypt(key, iv, bytes("530f8afbc74536b9a963b4f1c4cb738b"), data)).toEqual(bytes(""))
    expect(await decrypt(key, iv, bytes("530f8afbc74536b9a963b4f1c4cb738c"), data)).toBeUndefined()
  })
})

function bytes(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function hex(data: Bytes | undefined): string | undefined {
  return data && [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
