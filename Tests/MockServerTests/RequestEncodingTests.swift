import Testing

@testable import MockServer

/// Bodies of requests that come packed.
struct RequestEncodingTests {
    @Test func `what was packed unfolds again`() throws {
        let plain = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let packed = try #require(Gzip.packed(plain))
        #expect(Gzip.unpacked(packed, most: plain.count) == plain)
        #expect(Gzip.unpacked(packed, most: plain.count - 1) == nil)
        // A stream of zlib, as `Content-Encoding: deflate` has it: "ab".
        let zlib: [UInt8] = [0x78, 0x9C, 0x4B, 0x4C, 0x02, 0x00, 0x01, 0x26, 0x00, 0xC4]
        #expect(Gzip.unpacked(zlib, most: 10) == Array("ab".utf8))
    }

    @Test func `what is no whole stream does not`() throws {
        let packed = try #require(Gzip.packed(Array("a body".utf8)))
        var broken = packed
        broken[broken.count - 6] ^= 0xFF
        for bytes in [[], Array("{}".utf8), Array(packed.dropLast()), packed + [0], broken] {
            #expect(Gzip.unpacked(bytes, most: 1_000) == nil)
        }
    }

    @Test(arguments: [
        (nil, RequestEncoding.plain), ("", .plain), ("identity", .plain), ("gzip", .packed),
        ("GZIP", .packed), ("deflate", .packed), ("br", .unknown), ("gzip, br", .unknown),
    ])
    func `an encoding is known or not`(_ header: String?, _ encoding: RequestEncoding) {
        #expect(RequestEncoding(header) == encoding)
    }
}
