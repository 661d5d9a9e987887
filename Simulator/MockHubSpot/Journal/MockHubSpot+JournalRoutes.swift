import HTTPTransport
import WireJSON

/// The webhooks journal, read by polling.
extension MockHubSpot {
    /// The app that reads, and what it may do.
    struct JournalReader {
        var appID: Int64
        var scopes: [String]
    }

    /// `/webhooks-journal/{part}/{version}/…`, and `/webhooks/v4/{part}/…` of the beta.
    mutating func journalRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ session: AccessSession,
        _ now: Int64
    ) -> HTTPResponse {
        guard session.isAppLevel else {
            return self.error(
                403,
                "This endpoint takes a token of the client credentials grant only.",
                category: "FORBIDDEN",
                now: now
            )
        }
        let reader = JournalReader(
            appID: self.settings.apps[session.app].id,
            scopes: session.scopes ?? []
        )
        let path = target.family.dropFirst().filter { !HubSpotTarget.isVersion($0) }
        let rest = Array(path.dropFirst())
        let part = path.first ?? ""
        let settings = self.settings.journal
        let (kind, most) =
            switch part {
            case "subscriptions": ("subscriptions", settings.subscriptionsPerSecond)
            case "snapshots": ("snapshots", settings.snapshotsPerSecond)
            default: ("journal", settings.journalPerSecond)
            }
        guard self.journal.take(reader.appID, kind, max: most, at: now) else {
            return self.error(429, "You have reached your secondly limit.", now: now) { root in
                root.member("errorType", "RATE_LIMIT")
                root.member("policyName", "SECONDLY")
            }
        }
        self.tellChanges(now)
        self.takeSnapshots(now)
        switch part {
        case "journal", "journal-local": return self.readJournal(rest, target, request, reader, now)
        case "subscriptions": return self.journalSubscriptions(rest, request, reader, now)
        case "snapshots": return self.requestSnapshots(rest, request, reader, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// The 403 of a token without a scope; a token that asked for none has them all.
    mutating func journalRefusal(
        _ scope: String,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse? {
        let name = "developer.webhooks_journal." + scope
        guard !reader.scopes.isEmpty, !reader.scopes.contains(name) else { return nil }
        return self.error(
            403,
            "This app hasn't been granted all required scopes to make this call. Read more about "
                + "required scopes here: https://developers.hubspot.com/scopes.",
            category: "MISSING_SCOPES",
            now: now
        ) { root in
            root.name("errors")
            root.array { errors in
                errors.object { error in
                    error.member("message", "One or more of the following scopes are required.")
                    error.name("context")
                    error.object { context in
                        context.name("requiredGranularScopes")
                        context.array { $0.string(name) }
                    }
                }
            }
        }
    }

    // MARK: - Entries

    private mutating func readJournal(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ reader: JournalReader,
        _ now: Int64
    ) -> HTTPResponse {
        if let refusal = self.journalRefusal("read", reader, now) { return refusal }
        if path.first == "status", path.count == 2 {
            return self.snapshotStatus(path[1], reader, now)
        }
        let portal = target.parameter("installPortalId")
        let isOther = portal.map { Int64($0) != self.settings.portalID } ?? false
        let entries =
            isOther
            ? []
            : self.journal.published(to: reader.appID, at: now, self.settings.journal.retention)
        if path == ["batch", "read"], request.method == .post {
            return self.readBatch(entries, request, now)
        }
        guard request.method == .get else {
            return self.error(405, "Method not allowed", now: now)
        }
        switch (path.first, path.count) {
        case ("earliest"?, 1): return self.journalEntry(entries.first, request, now)
        case ("latest"?, 1): return self.journalEntry(entries.last, request, now)
        case ("offset"?, 3) where path[2] == "next":
            guard let place = entries.firstIndex(where: { $0.offset == path[1] }) else {
                return self.unknownOffset(path[1], now)
            }
            return self.journalEntry(entries[(place + 1)...].first, request, now)
        case ("batch"?, 3) where path[1] == "earliest":
            return self.journalBatch(path[2], request, now) { entries.prefix($0) }
        case ("batch"?, 3) where path[1] == "latest":
            return self.journalBatch(path[2], request, now) { entries.suffix($0) }
        case ("batch"?, 4) where path[2] == "next":
            guard let place = entries.firstIndex(where: { $0.offset == path[1] }) else {
                return self.unknownOffset(path[1], now)
            }
            return self.journalBatch(path[3], request, now) { entries[(place + 1)...].prefix($0) }
        default: return self.error(404, "resource not found", now: now)
        }
    }

    /// Also of an offset that is older than the journal (documentation of 2027-03-beta).
    private mutating func unknownOffset(_ offset: String, _ now: Int64) -> HTTPResponse {
        self.error(
            404,
            "Offset \(offset) has expired or does not exist",
            category: "OBJECT_NOT_FOUND",
            now: now
        )
    }

    /// 204 where nothing is there yet.
    private func journalEntry(
        _ entry: JournalStore.Entry?,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let entry else { return HTTPResponse(status: 204) }
        var writer = JSONWriter()
        writer.object { self.write(entry, request, now, into: &$0) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(
        _ entry: JournalStore.Entry,
        _ request: HTTPRequest,
        _ now: Int64,
        into item: inout JSONWriter
    ) {
        let link = self.fileLink(
            "journal/\(entry.appID)/\(entry.offset)",
            request,
            lifetime: self.settings.journal.linkLifetime,
            now
        )
        item.member("url", link.url)
        item.member("expiresAt", ServerTime.iso(link.expiresAt))
        item.member("currentOffset", entry.offset)
    }

    private mutating func journalBatch(
        _ count: String,
        _ request: HTTPRequest,
        _ now: Int64,
        _ entries: (Int) -> ArraySlice<JournalStore.Entry>
    ) -> HTTPResponse {
        let most = self.settings.journal.batchMax
        guard let count = Int(count), (1...max(1, most)).contains(count) else {
            return self.error(
                400,
                "count must be between 1 and \(most)",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let shown = entries(count)
        guard !shown.isEmpty else { return HTTPResponse(status: 204) }
        return self.batch(Array(shown), [], request, now)
    }

    private mutating func readBatch(
        _ entries: [JournalStore.Entry],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard let inputs = Self.body(request)?["inputs"]?.elements else {
            return self.unreadableBody(now)
        }
        let most = self.settings.journal.batchMax
        guard inputs.count <= most else {
            return self.error(
                400,
                "The maximum number of inputs supported in a batch request is \(most).",
                category: "VALIDATION_ERROR",
                now: now
            )
        }
        let offsets = inputs.map { $0.string ?? $0["id"]?.string ?? "" }
        let found = offsets.compactMap { offset in entries.first { $0.offset == offset } }
        let missing = offsets.filter { offset in !entries.contains { $0.offset == offset } }
        return self.batch(found, missing, request, now)
    }

    private func batch(
        _ entries: [JournalStore.Entry],
        _ missing: [String],
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "COMPLETE")
            root.name("results")
            root.array { list in
                for entry in entries { list.object { self.write(entry, request, now, into: &$0) } }
            }
            root.member("startedAt", ServerTime.iso(now))
            root.member("completedAt", ServerTime.iso(now))
            guard !missing.isEmpty else { return }
            Self.writeMissing(missing, "Could not find some journal entries", into: &root)
        }
        return HTTPResponse(status: missing.isEmpty ? 200 : 207, body: writer.bytes)
    }

    /// The file behind an entry's address.
    func journalFile(_ path: [String]) -> (body: [UInt8], type: String)? {
        guard path.count == 2, let appID = Int64(path[0]),
            let entry = self.journal.entries.first(where: {
                $0.appID == appID && $0.offset == path[1]
            })
        else { return nil }
        var writer = JSONWriter()
        writer.object { root in
            root.member("offset", entry.offset)
            root.member("publishedAt", ServerTime.iso(entry.publishedAt))
            root.name("journalEvents")
            root.array { list in for event in entry.events { list.raw(event) } }
        }
        return (writer.bytes, "application/json")
    }
}
