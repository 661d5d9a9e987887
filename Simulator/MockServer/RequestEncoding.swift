/// How the body of a request is packed.
enum RequestEncoding: Sendable, Hashable {
    case plain
    /// gzip or zlib: RFC 9110 calls the latter deflate.
    case packed
    case unknown

    init(_ header: String?) {
        switch (header ?? "").lowercased().filter({ $0 != " " }) {
        case "", "identity": self = .plain
        case "gzip", "x-gzip", "deflate": self = .packed
        default: self = .unknown
        }
    }

    /// The body as it was before; `nil` where it cannot be told or has more than `most` bytes.
    func unpacked(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        switch self {
        case .plain: bytes
        case .packed: Gzip.unpacked(bytes, most: most)
        case .unknown: nil
        }
    }
}
