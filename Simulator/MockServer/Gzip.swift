import CZlib

/// Packed replies, for clients that ask for them.
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
}
