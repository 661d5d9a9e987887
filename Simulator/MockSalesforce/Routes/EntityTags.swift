/// The tags of an `If-Match` or `If-None-Match` header.
struct EntityTags {
    private let tags: [Substring]
    private let matchesAll: Bool

    /// `nil` where the header is neither `*` nor a list of quoted tags.
    init?(_ header: String) {
        let trimmed = header.drop { $0 == " " }
        self.matchesAll = trimmed == "*"
        self.tags =
            self.matchesAll
            ? []
            : trimmed.split(separator: ",").map { part in
                let tag = part.drop { $0 == " " }
                return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
            }
        guard self.matchesAll || !self.tags.isEmpty else { return nil }
        guard self.tags.allSatisfy({ $0.count >= 2 && $0.first == "\"" && $0.last == "\"" }) else {
            return nil
        }
    }

    func match(_ tag: String) -> Bool {
        self.matchesAll || self.tags.contains { $0 == tag }
    }
}
