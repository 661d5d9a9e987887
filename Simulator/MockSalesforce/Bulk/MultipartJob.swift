import WireJSON

/// A job and its data in one request: `multipart/form-data` with the parts `job` and `content`.
///
/// Lines may end with or without a carriage return, as the vendor's example is sent by curl.
struct MultipartJob: Sendable {
    var job: JSON
    var content: [UInt8]

    /// `nil` where the body is no such form or lacks one of its parts.
    init?(_ body: [UInt8], contentType: String) {
        guard let boundary = Self.boundary(contentType) else { return nil }
        var parts: [String: [UInt8]] = [:]
        for part in Self.parts(body, Array("--\(boundary)".utf8)) {
            guard let (name, content) = Self.part(part) else { return nil }
            parts[name] = content
        }
        guard let bytes = parts["job"], let job = try? JSON(parsing: bytes),
            let content = parts["content"]
        else { return nil }
        self.job = job
        self.content = content
    }

    private static func boundary(_ type: String) -> String? {
        for piece in type.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else {
                continue
            }
            let value = pair[1].filter { $0 != "\"" && $0 != " " }
            return value.isEmpty ? nil : value
        }
        return nil
    }

    /// What lies between the lines of the boundary, without the last line's end.
    private static func parts(_ body: [UInt8], _ mark: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = 0
        while place < body.count {
            let end = body[place...].firstIndex(of: 0x0A) ?? body.count
            var line = body[place..<end]
            if line.last == 0x0D { line = line.dropLast() }
            let isLast = line.elementsEqual(mark + Array("--".utf8))
            if isLast || line.elementsEqual(mark) {
                if let start {
                    var part = body[start..<max(start, place)]
                    if part.last == 0x0A { part = part.dropLast() }
                    if part.last == 0x0D { part = part.dropLast() }
                    parts.append(part)
                }
                if isLast { break }
                start = min(end + 1, body.count)
            }
            place = end + 1
        }
        return parts
    }

    /// The name and the content of a part, whose head ends with a blank line.
    private static func part(_ bytes: ArraySlice<UInt8>) -> (String, [UInt8])? {
        var rest = bytes
        var name: String?
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            var line = rest[rest.startIndex..<end]
            if line.last == 0x0D { line = line.dropLast() }
            rest = rest[min(end + 1, rest.endIndex)...]
            if line.isEmpty { return name.map { ($0, Array(rest)) } }
            let text = String(decoding: line, as: UTF8.self)
            guard text.lowercased().hasPrefix("content-disposition:") else { continue }
            for piece in text.split(separator: ";").dropFirst() {
                let pair = piece.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "name" else {
                    continue
                }
                name = pair[1].filter { $0 != "\"" }
            }
        }
        return nil
    }
}
