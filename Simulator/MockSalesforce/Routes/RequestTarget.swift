/// The path and the query of a URL, decoded.
struct RequestTarget: Sendable {
    var origin = ""
    var path: [String] = []
    var query: [(name: String, value: String)] = []

    init(_ url: String) {
        var rest = url.utf8[...]
        if let range = Self.separator(rest) {
            let end = rest[range...].dropFirst(3).firstIndex {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?")
            }
            self.origin = String(decoding: rest[..<(end ?? rest.endIndex)], as: UTF8.self)
            rest = rest[(end ?? rest.endIndex)...]
        }
        let parts = rest.split(
            separator: UInt8(ascii: "?"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let path = parts.first else { return }
        self.path = path.split(separator: UInt8(ascii: "/")).map {
            Self.decode($0, plusIsBlank: false)
        }
        if parts.count == 2 { self.query = Self.form(parts[1]) }
    }

    func value(_ name: String) -> String? {
        self.query.first { $0.name == name }?.value
    }

    /// Name and value pairs of `application/x-www-form-urlencoded`.
    static func form(_ text: some Collection<UInt8>) -> [(name: String, value: String)] {
        text.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return (
                Self.decode(parts[0], plusIsBlank: true),
                parts.count == 2 ? Self.decode(parts[1], plusIsBlank: true) : ""
            )
        }
    }

    private static func separator(_ url: Substring.UTF8View) -> Substring.UTF8View.Index? {
        guard let colon = url.firstIndex(of: UInt8(ascii: ":")),
            url[colon...].starts(with: "://".utf8),
            !url[..<colon].contains(UInt8(ascii: "/"))
        else { return nil }
        return colon
    }

    private static func decode(_ text: some Collection<UInt8>, plusIsBlank: Bool) -> String {
        let bytes = Array(text)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "+"), plusIsBlank {
                decoded.append(0x20)
            } else if byte == UInt8(ascii: "%"), place + 2 <= bytes.count,
                let code = UInt8(
                    String(decoding: bytes[place..<place + 2], as: UTF8.self),
                    radix: 16
                )
            {
                decoded.append(code)
                place += 2
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
