package import HTTPTransport
import WireJSON

/// Makes requests that are nearly right: real addresses, ids and bodies with one thing wrong in
/// most of them.
package struct RequestFuzzer: Sendable {
    private var random: SeededRandom
    private let shapes: FuzzShapes
    private var pool = FuzzPool()

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

    /// A request and the address it was made from; `isSigned` where its credential is right.
    package mutating func next(
        token: (String) -> String
    ) -> (call: String, request: HTTPRequest, isSigned: Bool) {
        let call = self.random.pick(self.shapes.calls)
        let path = self.path(call)
        let isRight = self.random.happens(percent: 96)
        let method =
            isRight
            ? self.random.pick(call.methods)
            : self.random.pick([.get, .post, .patch, .put, .delete])
        let (headers, isSigned) = self.headers(path, token(path))
        let request = HTTPRequest(
            method: method,
            url: "http://mock" + path + self.query(path),
            headers: headers,
            body: method == .get ? [] : self.body(for: "\(method.rawValue) \(path)")
        )
        return (call.path, request, isSigned)
    }

    /// What later requests may name.
    package mutating func learn(from response: HTTPResponse, to request: HTTPRequest) {
        guard response.status < 400, let json = try? JSON(parsing: response.body) else { return }
        self.pool.learn(self.shapes.finds, from: json, of: request.url)
    }

    // MARK: - Headers

    private mutating func headers(
        _ path: String,
        _ token: String
    ) -> (headers: [HTTPHeader], isSigned: Bool) {
        var headers: [HTTPHeader] = []
        let isSigned = self.random.happens(percent: 98)
        if isSigned {
            headers.append(HTTPHeader("Authorization", "Bearer \(token)"))
        } else {
            let wrong = ["Bearer", "Bearer x", "Basic eA==", "Bearer \(token)\(token)", ""]
            headers.append(HTTPHeader("Authorization", self.random.pick(wrong)))
        }
        if self.random.happens(percent: 95) {
            headers.append(HTTPHeader("Content-Type", Self.type(for: path)))
        } else {
            let types = [
                "application/json; charset=utf-8", "text/csv", "text/plain",
                "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
            ]
            headers.append(HTTPHeader("Content-Type", self.random.pick(types)))
        }
        if self.random.happens(percent: 5) {
            let name = self.random.pick(self.shapes.headers)
            headers.append(HTTPHeader(name, self.value()))
        }
        return (headers, isSigned)
    }

    private static func type(for path: String) -> String {
        if path.contains("oauth") && path.contains("token") || path.contains("revoke")
            || path.contains("introspect")
        {
            return "application/x-www-form-urlencoded"
        }
        if path.hasSuffix("imports") { return "multipart/form-data; boundary=x" }
        return path.hasSuffix("batches") ? "text/csv" : "application/json"
    }

    // MARK: - Addresses

    private mutating func path(_ call: FuzzCall) -> String {
        let path = self.filled(call.path)
        switch self.random.below(100) {
        case 0: return path + "/"
        case 1: return path + "/" + self.value()
        case 2: return String(path.prefix(self.random.below(path.count + 1)))
        case 3: return path.replacing("/", with: "//")
        default: return path
        }
    }

    /// The text with something for each placeholder: mostly what is known to be there.
    private mutating func filled(_ text: String, odd percent: Int = 3) -> String {
        var text = text
        for (name, values) in self.shapes.placeholders {
            while let range = text.firstRange(of: name) {
                if percent > 0, self.random.happens(percent: percent) {
                    text.replaceSubrange(range, with: self.value())
                    continue
                }
                let known = self.pool.known(name)
                let isKnown = !known.isEmpty && (values.isEmpty || self.random.happens(percent: 90))
                let all = isKnown ? known : values.isEmpty ? ["x"] : values
                text.replaceSubrange(range, with: self.random.pick(all))
            }
        }
        return text
    }

    private mutating func query(_ path: String) -> String {
        guard self.random.happens(percent: 30) else { return "" }
        var pairs: [String] = []
        for _ in 0...self.random.below(3) {
            let (name, values) = self.random.pick(self.shapes.parameters)
            let odd = self.random.happens(percent: 20)
            pairs.append("\(name)=\(odd ? self.value() : self.filled(self.random.pick(values)))")
        }
        return (path.contains("?") ? "&" : "?") + pairs.joined(separator: "&")
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

    // MARK: - Bodies

    private mutating func body(for call: String) -> [UInt8] {
        switch self.random.below(50) {
        case 0: return []
        case 1: return (0..<self.random.below(300)).map { _ in UInt8(self.random.below(256)) }
        case 2:
            let depth = self.random.below(3_000)
            return Array(String(repeating: self.random.pick(["[", "{\"a\":"]), count: depth).utf8)
        default: break
        }
        let fits = self.random.happens(percent: 96)
        let bodies = fits ? self.shapes.bodies(for: call) : self.shapes.bodies.map(\.text)
        let text = self.filled(self.random.pick(bodies), odd: 0)
        switch self.random.below(10) {
        case 0...3: return Array(text.utf8)
        case 4...8 where text.hasPrefix("{") || text.hasPrefix("["):
            return FuzzedBody.changed(text, by: &self.random)
        default:
            var bytes = Array(text.utf8)
            for _ in 0...self.random.below(2) where !bytes.isEmpty { self.spoil(&bytes) }
            return bytes
        }
    }

    /// One change that leaves most of a body as it was, and may leave it no JSON at all.
    private mutating func spoil(_ bytes: inout [UInt8]) {
        let place = self.random.below(bytes.count)
        switch self.random.below(4) {
        case 0: bytes.removeLast(bytes.count - place)
        case 1: bytes[place] = UInt8(self.random.below(256))
        case 2: bytes.remove(at: place)
        default:
            let part = Array(bytes[place..<min(place + 40, bytes.count)])
            for _ in 0..<self.random.below(60) { bytes.insert(contentsOf: part, at: place) }
        }
    }
}
