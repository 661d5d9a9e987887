import HTTPTransport
import WireJSON

/// What the first version changes of contacts.
extension MockHubSpot {
    mutating func oldContactWrite(
        _ path: [String],
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        switch (request.method, path.count) {
        case (.delete, _): return self.deleteOldContact(path, author, now)
        case (.post, 3) where path[1] == "merge-vids":
            return self.mergeOldContacts(path[2], request, author, now)
        case (.post, 1):
            let fields = Self.oldFields(request)
            return self.written(now) { mock throws(RecordTable.Refusal) in
                let id = try mock.makeOldContact(fields, author, now)
                return mock.shownOldContact(id)
            }
        case (.post, 4) where path[1] == "createOrUpdate":
            let email = path[3]
            let fields = Self.oldFields(request)
            let known = self.oldContact("email", email)?.id
            return self.written(now) { mock throws(RecordTable.Refusal) in
                if let known {
                    try mock.changeOldContact(known, fields, author, now)
                    return Self.oldOutcome(known, isNew: false)
                }
                let others = fields.filter { $0.0 != "email" }
                let id = try mock.makeOldContact(others + [("email", email)], author, now)
                return Self.oldOutcome(id, isNew: true)
            }
        case (.post, 4):
            guard let id = self.oldContact(path[1], path[2])?.id else {
                return self.noContact(now)
            }
            let fields = Self.oldFields(request)
            return self.written(now) { mock throws(RecordTable.Refusal) in
                try mock.changeOldContact(id, fields, author, now)
                return HTTPResponse(status: 204)
            }
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// `[{"property":"email","value":"…"}]`.
    private static func oldFields(_ request: HTTPRequest) -> [(String, String)] {
        (Self.body(request)?["properties"]?.elements ?? []).compactMap { item in
            guard let name = item["property"]?.string, let value = item["value"] else { return nil }
            let text = value.string ?? value.numberText ?? value.boolean.map { String($0) }
            return text.map { (name, $0) }
        }
    }

    private mutating func makeOldContact(
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) throws(RecordTable.Refusal) -> Int64 {
        try self.askRules(Self.contacts, fields, nil)
        return try self.tables[Self.contacts].create(fields, author, now)
    }

    private mutating func changeOldContact(
        _ id: Int64,
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) throws(RecordTable.Refusal) {
        try self.askRules(Self.contacts, fields, id)
        try self.tables[Self.contacts].update(id, fields, author, now)
    }

    private func shownOldContact(_ id: Int64) -> HTTPResponse {
        guard let row = self.tables[Self.contacts].row(id) else { return HTTPResponse(status: 404) }
        return self.oldProfile(row, OldContactForm(names: [], mode: .history))
    }

    private static func oldOutcome(_ id: Int64, isNew: Bool) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("vid", id)
            root.member("isNew", isNew)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func deleteOldContact(
        _ path: [String],
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        guard path.count == 3, let id = self.oldContact(path[1], path[2])?.id else {
            return self.noContact(now)
        }
        self.tables[Self.contacts].archive(id, author, now)
        var writer = JSONWriter()
        writer.object { root in
            root.member("vid", id)
            root.member("deleted", true)
            root.member("reason", "OK")
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func mergeOldContacts(
        _ primary: String,
        _ request: HTTPRequest,
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> HTTPResponse {
        let loser = Self.body(request)?["vidToMerge"].flatMap {
            $0.integer ?? Int64($0.string ?? "")
        }
        let merged = self.merged(Self.contacts, Int64(primary), loser, author, now)
        guard merged.status == 200 else { return merged }
        return HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", "text/plain;charset=utf-8")],
            body: Array("SUCCESS".utf8)
        )
    }

    // MARK: - Refusals

    /// The reply to a write, or to why it is refused; the bodies are from memory.
    private mutating func written(
        _ now: Int64,
        _ write: (inout MockHubSpot) throws(RecordTable.Refusal) -> HTTPResponse
    ) -> HTTPResponse {
        do throws(RecordTable.Refusal) {
            return try write(&self)
        } catch {
            switch error {
            case .conflict(let id): return self.oldConflict(id, now)
            case .missing: return self.noContact(now)
            case .invalid(let problems):
                return self.error(400, "Property values were not valid", now: now) { root in
                    root.name("validationResults")
                    Self.write(results: problems, into: &root)
                }
            case .taken, .objection: return self.refused(Self.contacts, error, now)
            }
        }
    }

    private mutating func oldConflict(_ id: Int64, _ now: Int64) -> HTTPResponse {
        let row = self.tables[Self.contacts].row(id)
        return self.error(409, "Contact already exists", now: now) { root in
            root.member("error", "CONTACT_EXISTS")
            root.name("identityProfile")
            root.object { profile in
                profile.member("vid", id)
                profile.name("identity")
                profile.array { list in
                    guard let row, let email = row.now.values["email"] else { return }
                    list.object { identity in
                        identity.member("value", email)
                        identity.member("type", "EMAIL")
                        identity.member("timestamp", row.createdAt)
                        identity.member("isPrimary", true)
                    }
                }
                profile.name("linkedVid")
                profile.array { _ in }
                profile.member("isContact", true)
                profile.member("savedAtTimestamp", row?.now.at ?? now)
            }
        }
    }
}
