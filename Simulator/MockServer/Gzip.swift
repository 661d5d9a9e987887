import CZlib

/// Packed replies, for clients that ask for them, and packed bodies of requests.
enum Gzip {
    /// Shorter bodies are sent as they are, in bytes.
    static let leastBytes = 1_024

    /// Whether an `Accept-Encoding` header takes gzip.
    static func isTaken(_ header: String?) -> Bool {
        (header ?? "").split(separator: ",").contains { part in
            let words = part.lowercased().split { " ;".contains($0) }
            return ["gzip", "*"].contains(words.first) && !words.contains("q=0")
        }
    }

    /// The bytes as one gzip member; `nil` where zlib has no memory for it.
    static func packed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard duet_gzip_begin(&stream) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            input.withUnsafeMutableBufferPointer { bytes in
                stream.next_in = bytes.baseAddress
                stream.avail_in = UInt32(bytes.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                let isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = isWhole ? Int(stream.total_out) : 0
            }
        }
        return packed.isEmpty ? nil : packed
    }

    /// What a gzip or zlib stream unfolds to; `nil` where it is none, is cut short or unfolds to more
    /// than `most` bytes.
    static func unpacked(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        var stream = z_stream()
        guard duet_unpack_begin(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var (input, plain) = (bytes, [UInt8]())
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        return input.withUnsafeMutableBufferPointer { bytes -> [UInt8]? in
            stream.next_in = bytes.baseAddress
            stream.avail_in = UInt32(bytes.count)
            while true {
                let (state, count) = piece.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    let state = inflate(&stream, Z_NO_FLUSH)
                    return (state, buffer.count - Int(stream.avail_out))
                }
                plain.append(contentsOf: piece[..<count])
                guard plain.count <= most else { return nil }
                if state == Z_STREAM_END { return stream.avail_in == 0 ? plain : nil }
                // No progress: the stream is cut short.
                guard state == Z_OK, count > 0 || stream.avail_in > 0 else { return nil }
            }
        }
    }

    private static let pieceBytes = 64 << 10
}
