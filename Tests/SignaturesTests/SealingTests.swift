import Signatures
import Testing

/// Vector: NIST's gcmEncryptExtIV256.rsp, test case 16 of McGrew and Viega's paper cut to its published values.
@Suite struct SealingTests {
    private static let key = Self.bytes(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    )
    private static let nonce = Self.bytes("cafebabefacedbaddecaf888")
    private static let context = Self.bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    private static let message = Self.bytes(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
            + "b525b16aedf5aa0de657ba637b39"
    )

    @Test func `a message is sealed as the published vector says`() throws {
        let sealed = try #require(
            AES256GCM.seal(
                Self.message,
                key: Self.key,
                nonce: Self.nonce,
                context: Self.context
            )
        )
        #expect(
            SHA256.hex(sealed.dropFirst(12))
                == "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10568288"
                + "38c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
        )
        #expect(
            AES256GCM.open(sealed, key: Self.key, context: Self.context) == Self.message
        )
    }

    @Test func `what was changed, cut or sealed for something else is not opened`() throws {
        let sealed = try #require(
            AES256GCM.seal(
                Self.message,
                key: Self.key,
                nonce: Self.nonce,
                context: Self.context
            )
        )
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(AES256GCM.open(changed, key: Self.key, context: Self.context) == nil)
        }
        for length in [0, 27, 28, sealed.count - 1] {
            let cut = Array(sealed.prefix(length))
            #expect(AES256GCM.open(cut, key: Self.key, context: Self.context) == nil)
        }
        #expect(AES256GCM.open(sealed, key: Self.key, context: []) == nil)
        var other = Self.key
        other[31] ^= 1
        #expect(AES256GCM.open(sealed, key: other, context: Self.context) == nil)
        #expect(AES256GCM.open(sealed, key: Self.nonce, context: Self.context) == nil)
    }

    @Test func `an empty message is sealed and opened`() throws {
        let sealed = try #require(
            AES256GCM.seal([], key: Self.key, nonce: Self.nonce, context: [])
        )
        #expect(AES256GCM.open(sealed, key: Self.key, context: []) == [])
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }
}
