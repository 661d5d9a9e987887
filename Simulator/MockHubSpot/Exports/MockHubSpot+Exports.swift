import HTTPTransport
import WireJSON

/// Exports: views and lists of records as files behind short-lived addresses.
extension MockHubSpot {
    /// `/crm/exports/{version}/export/…`.
    mutating func exportRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        self.runExports(now)
        let path = Array(target.family.dropFirst())
        switch (request.method, path.count) {
        case (.post, 2) where path == ["export", "async"]: return self.startExport(request, now)
        case (.get, 5) where path.prefix(3) == ["export", "async", "tasks"] && path[4] == "status":
            guard let job = self.exportJob(path[3]) else {
                return self.error(404, "resource not found", now: now)
            }
            return self.exportStatus(job, request, now)
        case (.get, 2) where path[0] == "export":
            guard let job = self.exportJob(path[1]) else {
                return self.error(404, "resource not found", now: now)
            }
            return Self.shown(job, now)
        default: return self.error(404, "resource not found", now: now)
        }
    }

    private func exportJob(_ id: String) -> ExportJob? {
        let number = Int64(id)
        return self.exports.jobs.first { $0.id == number }
    }

    private mutating func startExport(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request) else {
            return self.unreadableBody(now)
        }
        if self.exports.jobs.contains(where: { $0.endsAt > now }) {
            // One at a time; the text is from memory.
            return self.error(
                429,
                "You can only run one export at a time. Wait for the running one to finish.",
                category: "RATE_LIMITS",
                now: now
            )
        }
        let recent = self.exports.jobs.count { $0.createdAt > now - ServerTime.day }
        let most = self.settings.bulk.exportsPerDay
        guard recent < most else {
            return self.error(
                429,
                "You have reached the limit of \(most) exports in 24 hours.",
                category: "RATE_LIMITS",
                now: now
            )
        }
        var job: ExportJob
        switch self.planExport(json, now) {
        case .success(let plan): job = plan
        case .failure(let problem): return self.invalid(problem.message, now)
        }
        job.id = self.exports.nextID()
        let rows = self.place(of: job.objectTypeID).map { self.tables[$0].rows.count } ?? 0
        job.startsAt = now + max(0, self.settings.bulk.exportDelay)
        job.endsAt =
            job.startsAt
            + Int64(rows / 1_000 + 1) * max(0, self.settings.bulk.exportTimePerThousand)
        // Files that are too old to be read go.
        self.exports.jobs.removeAll { $0.createdAt <= now - 7 * ServerTime.day }
        self.exports.jobs.append(job)
        var writer = JSONWriter()
        writer.object { root in
            root.member("id", String(job.id))
            root.name("links")
            root.object { links in
                let base = "\(Self.origin(request))/crm/v3/exports/export/async/tasks"
                links.member("status", "\(base)/\(job.id)/status")
            }
        }
        return HTTPResponse(status: 202, body: writer.bytes)
    }

    private func planExport(_ json: JSON, _ now: Int64) -> Result<ExportJob, PropertyProblem> {
        func refuse(_ message: String) -> Result<ExportJob, PropertyProblem> {
            .failure(PropertyProblem(code: "", message: message))
        }
        let required = ["exportName", "format", "language", "objectType", "objectProperties"]
        if let missing = required.first(where: { json[$0]?.isNull ?? true }) {
            return refuse("\(missing) is required")
        }
        let kind = json["exportType"]?.string ?? ""
        guard ["VIEW", "LIST"].contains(kind) else { return refuse("exportType is not valid") }
        guard json["format"]?.string == "CSV" else {
            let isKnown = ["XLS", "XLSX"].contains(json["format"]?.string ?? "")
            return refuse(isKnown ? "Only CSV can be exported here" : "format is not valid")
        }
        let named = json["objectType"]?.string ?? ""
        guard let place = self.place(of: named) ?? self.place(of: named.lowercased()) else {
            return refuse("Unable to infer object type from: \(named)")
        }
        let object = self.tables[place].object
        let properties = json["objectProperties"]?.elements.compactMap(\.string) ?? []
        let known = Set(object.properties.map(\.name))
        if let unknown = properties.first(where: { !known.contains($0) }) {
            return refuse("Property \"\(unknown)\" does not exist")
        }
        let listed = json["associatedObjectType"]
        let names = listed?.string.map { [$0] } ?? listed?.elements.compactMap(\.string) ?? []
        let associated = names.map { self.typeID($0) ?? self.typeID($0.lowercased()) }
        if let place = associated.firstIndex(where: { $0 == nil }) {
            return refuse("Unable to infer object type from: \(names[place])")
        }
        let list = json["listId"].flatMap { $0.string ?? $0.numberText }
        if kind == "LIST", !self.lists.contains(where: { $0.id == list && !$0.isDeleted }) {
            return refuse("List \(list ?? "") does not exist")
        }
        let internalOptions = json["exportInternalValuesOptions"]?.elements.compactMap(\.string)
        let search = json["publicCrmSearchRequest"].map(Self.exportSearch)
        if let filter = search?.groups.joined().first(where: { !known.contains($0.property) }) {
            return refuse("Property \"\(filter.property)\" does not exist")
        }
        return .success(
            ExportJob(
                id: 0,
                name: json["exportName"]?.string ?? "",
                kind: kind,
                objectTypeID: object.typeID,
                objectLabel: object.label,
                properties: properties,
                associated: associated.compactMap(\.self),
                usesNames: internalOptions?.contains("NAMES") ?? false,
                usesValues: internalOptions?.contains("VALUES") ?? false,
                listID: kind == "LIST" ? list : nil,
                search: kind == "VIEW" ? search : nil,
                hasAllTies: json["overrideAssociatedObjectsPerDefinitionPerRowLimit"]?.boolean
                    ?? false,
                createdAt: now,
                startsAt: now,
                endsAt: now
            )
        )
    }

    private static func exportSearch(_ json: JSON) -> ExportSearch {
        var groups = (json["filterGroups"]?.elements ?? []).map { group in
            (group["filters"]?.elements ?? []).map(ExportFilter.init)
        }
        let filters = (json["filters"]?.elements ?? []).map(ExportFilter.init)
        if groups.isEmpty, !filters.isEmpty {
            groups = [filters]
        } else if !filters.isEmpty {
            groups = groups.map { $0 + filters }
        }
        let sort = json["sorts"]?[0]
        let text = sort?.string ?? sort?["propertyName"]?.string ?? ""
        let order = (sort?["order"] ?? sort?["direction"])?.string ?? ""
        return ExportSearch(
            groups: groups,
            query: json["query"]?.string?.lowercased() ?? "",
            sort: text.hasPrefix("-") ? String(text.dropFirst()) : text,
            isDescending: text.hasPrefix("-") || order.hasPrefix("DESC")
        )
    }

    // MARK: - Showing

    private func exportStatus(
        _ job: ExportJob,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            let state = job.state(at: now)
            root.member("status", Self.statuses[state] ?? "PENDING")
            root.member("requestedAt", ServerTime.iso(job.createdAt))
            root.member("startedAt", ServerTime.iso(min(now, job.startsAt)))
            // The official clients read it of a running one too.
            root.member("completedAt", ServerTime.iso(min(now, job.endsAt)))
            guard state == "DONE" else { return }
            let link = self.fileLink(
                "exports/\(job.id).csv",
                request,
                lifetime: self.settings.bulk.exportLinkLifetime,
                now
            )
            root.member("result", link.url)
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static let statuses = [
        "ENQUEUED": "PENDING", "PROCESSING": "PROCESSING", "DONE": "COMPLETE",
    ]

    private static func shown(_ job: ExportJob, _ now: Int64) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { root in
            root.member("id", String(job.id))
            root.member("exportName", job.name)
            root.member("exportType", job.kind)
            root.member("exportState", job.state(at: now))
            root.member("objectType", job.objectLabel)
            root.name("objectProperties")
            root.array { list in for name in job.properties { list.string(name) } }
            root.member("createdAt", ServerTime.iso(job.createdAt))
            let steps = [job.createdAt, job.startsAt, job.endsAt].filter { $0 <= now }
            root.member("updatedAt", ServerTime.iso(steps.max() ?? job.createdAt))
            if job.file != nil { root.member("recordCount", job.count) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    /// The file behind an export's address.
    mutating func exportFile(_ path: [String], _ now: Int64) -> (body: [UInt8], type: String)? {
        self.runExports(now)
        guard path.count == 1, path[0].hasSuffix(".csv"),
            let file = self.exportJob(String(path[0].dropLast(4)))?.file
        else { return nil }
        return (file, "text/csv;charset=utf-8")
    }
}
