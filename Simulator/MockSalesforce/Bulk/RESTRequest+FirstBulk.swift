import WireJSON

/// What the first Bulk API does otherwise: its documents are XML where nobody asks for JSON.
extension RESTRequest {
    var isFirstBulk: Bool { self.target.path.dropFirst().first == "async" }

    /// Whether the reply is XML; `content` is that of the job, where there is one.
    func wantsXML(over content: BatchJob.Content?) -> Bool {
        let types = ["Content-Type", "Accept"].compactMap { self.header($0)?.lowercased() }
        if types.contains(where: { $0.contains("json") }) { return false }
        if types.contains(where: { $0.contains("xml") }) { return true }
        switch self.bytes.first {
        case UInt8(ascii: "{"): return false
        case UInt8(ascii: "<"): return true
        case .some, .none: return content != .json
        }
    }

    /// A `jobInfo` as the JSON that says the same; as it came where it is none.
    static func jobDocument(_ bytes: [UInt8]) -> [UInt8] {
        guard let job = XMLNode.parse(bytes), job.name == "jobInfo" else { return bytes }
        var writer = JSONWriter()
        writer.object { writer in
            for member in job.children where !member.isNull {
                writer.member(member.name, member.text)
            }
        }
        return writer.bytes
    }
}
