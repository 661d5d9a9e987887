package import HTTPTransport

/// Makes requests that are nearly right: real addresses and bodies with something wrong in them.
package struct RequestFuzzer: Sendable {
    private var random: SeededRandom
    private let shapes: FuzzShapes

    package init(_ side: FuzzRun.Side, seed: UInt64) {
        self.random = SeededRandom(seed: seed)
        self.shapes = side == .hubspot ? .hubspot : .salesforce
    }

    /// Milliseconds until the next request: mostly few, now and then a day.
    package var pause: Int64 {
        mutating get {
            self.random.happens(percent: 1)
                ? Int64(self.random.below(90_000_000)) : Int64(20 + self.random.below(200))
        }
    }

    package mutating func next(token: String) -> HTTPRequest {
        let path = self.path()
        var headers = self.credential(token)
        if self.random.happens(percent: 70) {
            headers.append(HTTPHeader("Content-Type", Self.type(for: path)))
        } else {
            let types = [
                "application/json; charset=utf-8",
                "text/csv", "text/plain", "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x", "",
            ]
            headers.append(HTTPHeader("Content-Type", self.random.pick(types)))
        }
        if self.random.happens(percent: 10) {
            let name = self.random.pick(self.shapes.headers)
            headers.append(HTTPHeader(name, self.value()))
        }
        return HTTPRequest(
            method: self.method(for: path),
            url: "http://mock" + path + self.query(),
            headers: headers,
            body: self.body(for: path)
        )
    }

    /// Mostly one that the address may know.
    private mutating func method(for path: String) -> HTTPMethod {
        guard self.random.happens(percent: 85) else {
            return self.random.pick([.get, .post, .patch, .put, .delete])
        }
        let posted = ["batch/", "search", "merge", "gdpr", "token", "async", "submi", "composite"]
        if path.hasSuffix("add") || path.hasSuffix("batches") { return .put }
        if posted.contains(where: { path.contains($0) }) {
            return self.random.pick([.post, .post, .post, .get, .patch])
        }
        return self.random.pick([.get, .get, .post, .post, .patch, .delete])
    }

    private static func type(for path: String) -> String {
        if path.contains("token") { return "application/x-www-form-urlencoded" }
        if path.hasSuffix("imports") { return "multipart/form-data; boundary=x" }
        return path.hasSuffix("batches") ? "text/csv" : "application/json"
    }

    private mutating func credential(_ token: String) -> [HTTPHeader] {
        guard self.random.happens(percent: 97) else {
            let wrong = ["Bearer", "Bearer x", "Basic eA==", "Bearer \(token)\(token)", ""]
            return [HTTPHeader("Authorization", self.random.pick(wrong))]
        }
        return [HTTPHeader("Authorization", "Bearer \(token)")]
    }

    private mutating func path() -> String {
        var path = self.random.pick(self.shapes.paths)
        for (name, values) in self.shapes.placeholders {
            while let range = path.firstRange(of: name) {
                let odd = self.random.happens(percent: 6)
                path.replaceSubrange(range, with: odd ? self.value() : self.random.pick(values))
            }
        }
        switch self.random.below(30) {
        case 0: return path + "/"
        case 1: return path + "/" + self.value()
        case 2: return String(path.prefix(self.random.below(path.count + 1)))
        case 3: return path.replacing("/", with: "//")
        default: return path
        }
    }

    private mutating func query() -> String {
        guard self.random.happens(percent: 45) else { return "" }
        var pairs: [String] = []
        for _ in 0...self.random.below(4) {
            let (name, values) = self.random.pick(self.shapes.parameters)
            let odd = self.random.happens(percent: 30)
            pairs.append("\(name)=\(odd ? self.value() : self.random.pick(values))")
        }
        return "?" + pairs.joined(separator: "&")
    }

    /// Text that has broken a server somewhere.
    private mutating func value() -> String {
        let values = [
            "0", "-1", "1", "100", "101", "9223372036854775807", "-9223372036854775808",
            "99999999999999999999", "1e308", "NaN", "null", "true", "", "%00", "%", "%2", "%zz",
            "%F0%9F%92%A9", "..", "a,b,,c", "'", "%27%20OR%201=1", "@%7Ba.id%7D", "0-1", "2-99",
            "003000000000001AAA", "003", "1970-01-01T00:00:00Z", "0000-00-00", "99999-12-31",
        ]
        if self.random.happens(percent: 3) {
            return String(repeating: "x", count: self.random.below(20_000))
        }
        return self.random.pick(values)
    }

    private mutating func body(for path: String) -> [UInt8] {
        switch self.random.below(20) {
        case 0: return []
        case 4: return (0..<self.random.below(300)).map { _ in UInt8(self.random.below(256)) }
        case 5:
            let depth = self.random.below(3_000)
            return Array(String(repeating: self.random.pick(["[", "{\"a\":"]), count: depth).utf8)
        default: break
        }
        let fits = self.random.happens(percent: 85)
        let bodies = fits ? self.shapes.bodies(for: path) : self.shapes.bodies
        var bytes = Array(self.random.pick(bodies).text.utf8)
        for _ in 0..<self.random.below(3) where !bytes.isEmpty { self.spoil(&bytes) }
        return bytes
    }

    /// One change that leaves most of a body as it was.
    private mutating func spoil(_ bytes: inout [UInt8]) {
        let place = self.random.below(bytes.count)
        switch self.random.below(6) {
        case 0: bytes.removeLast(bytes.count - place)
        case 1: bytes[place] = UInt8(self.random.below(256))
        case 2: bytes.remove(at: place)
        case 3:
            let part = Array(bytes[place..<min(place + 40, bytes.count)])
            for _ in 0..<self.random.below(60) { bytes.insert(contentsOf: part, at: place) }
        default:
            // Another value in the place of one: what follows a colon, up to a comma or a bracket.
            guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
            let end = bytes[colon...].firstIndex { [0x2C, 0x7D, 0x5D].contains($0) }
            let values = [
                "null", "[]", "{}", "-1", "1e400", "true", "\"\"", "[[[]]]", "\"\\u0000\"",
                "99999999999999999999", "0.0000001", "{\"a\":{\"b\":[null]}}", "\"x\"",
            ]
            let value = Array(self.random.pick(values).utf8)
            bytes.replaceSubrange((colon + 1)..<(end ?? bytes.count), with: value)
        }
    }
}
