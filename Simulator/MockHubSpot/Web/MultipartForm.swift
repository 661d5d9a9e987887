import HTTPTransport

/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm: Sendable {
    struct Part: Sendable {
        var name: String
        var fileName: String?
        var body: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// `nil` where the request is no such form, or its body is not.
    init?(_ request: HTTPRequest) {
        let type = request.header("Content-Type") ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.attribute("boundary", of: type), !boundary.isEmpty
        else { return nil }
        let mark = Array("--\(boundary)".utf8)
        let body = request.body
        var place = 0
        guard Self.starts(body, mark, at: place) else { return nil }
        place += mark.count
        let next = Array("\r\n--\(boundary)".utf8)
        while !Self.starts(body, [0x2D, 0x2D], at: place) {
            guard Self.starts(body, [0x0D, 0x0A], at: place),
                let end = Self.find(next, in: body, from: place)
            else { return nil }
            guard let part = Self.part(body[(place + 2)..<max(place + 2, end)]) else { return nil }
            self.parts.append(part)
            place = end + next.count
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        let blank = Array("\r\n\r\n".utf8)
        let whole = Array(bytes)
        guard let end = Self.find(blank, in: whole, from: 0) else { return nil }
        let head = String(decoding: whole[..<end], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let line = lines.first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let line, let name = Self.attribute("name", of: String(line)) else { return nil }
        return Part(
            name: name,
            fileName: Self.attribute("filename", of: String(line)),
            body: Array(whole[(end + blank.count)...])
        )
    }

    /// `name="value"` or `name=value` among the attributes of a header.
    private static func attribute(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else {
                continue
            }
            return pair[1].filter { $0 != "\"" }
        }
        return nil
    }

    private static func starts(_ body: [UInt8], _ mark: [UInt8], at place: Int) -> Bool {
        body.count >= place + mark.count && body[place..<place + mark.count].elementsEqual(mark)
    }

    private static func find(_ mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        var place = start
        let last = body.count - mark.count
        while place <= last {
            if body[place] == mark[0], Self.starts(body, mark, at: place) { return place }
            place += 1
        }
        return nil
    }
}
