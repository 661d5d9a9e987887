import ConnectorTestKit
import Signatures
import Testing

@Suite struct SignatureTests {
    /// The examples of FIPS 180-2.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `a digest is that of the standard`(_ text: String, _ digest: String) {
        #expect(SHA256.hex(SHA256.digest(text.utf8)) == digest)
    }

    /// Test case 2 of RFC 4231.
    @Test func `a keyed hash is that of the standard`() {
        let hash = SHA256.hmac(key: "Jefe".utf8, message: "what do ya want for nothing?".utf8)
        #expect(
            SHA256.hex(hash) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
    }

    @Test func `what a private key signs its public key verifies, and nothing else`() throws {
        let message = Array("header.claims".utf8)
        let signature = try RS256.sign(message, privateKey: TestKey.privatePEM)
        #expect(signature.count == 256)
        #expect(RS256.verifies(signature, of: message, publicKey: TestKey.publicPEM))
        #expect(!RS256.verifies(signature, of: message + [0], publicKey: TestKey.publicPEM))
        #expect(!RS256.verifies([], of: message, publicKey: TestKey.publicPEM))
        #expect(!RS256.verifies(signature, of: message, publicKey: "no key"))
        #expect(throws: RS256.Failure.unreadableKey) {
            try RS256.sign(message, privateKey: "no key")
        }
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{FF}\u{3FF}?>"])
    func `Base64 goes there and back, also in addresses`(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        #expect(Base64.decode(Base64.encodeForURL(bytes).utf8) == bytes)
        #expect(!Base64.encodeForURL(bytes).contains { "+/=".contains($0) })
    }
}
