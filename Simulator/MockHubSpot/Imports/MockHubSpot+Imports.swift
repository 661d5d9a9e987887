import HTTPTransport
import WireJSON

/// Imports: files of records that the portal takes in by and by.
extension MockHubSpot {
    /// `/crm/imports/{version}/…`.
    mutating func importRoute(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ appID: Int64,
        _ now: Int64
    ) -> HTTPResponse {
        let path = Array(target.family.dropFirst())
        switch (request.method, path.count) {
        case (.get, 0): return self.showImports(target, now)
        case (.post, 0): return self.startImport(request, appID, now)
        default: break
        }
        guard let id = path.first.flatMap({ Int64($0) }),
            let place = self.imports.jobs.firstIndex(where: { $0.id == id })
        else { return self.error(404, "resource not found", now: now) }
        switch (request.method, path.dropFirst().first) {
        case (.get, .none):
            var writer = JSONWriter()
            writer.object { Self.write(self.imports.jobs[place], now, into: &$0) }
            return HTTPResponse(status: 200, body: writer.bytes)
        case (.get, "errors"?): return self.importErrors(self.imports.jobs[place], target)
        case (.post, "cancel"?): return self.cancelImport(place, now)
        default: return self.error(405, "Method not allowed", now: now)
        }
    }

    private mutating func startImport(
        _ request: HTTPRequest,
        _ appID: Int64,
        _ now: Int64
    ) -> HTTPResponse {
        guard let form = MultipartForm(request) else {
            return self.error(415, "HTTP 415 Unsupported Media Type", now: now)
        }
        guard let part = form.parts.first(where: { $0.name == "importRequest" }) else {
            return self.invalid("importRequest is required", now)
        }
        guard let json = try? JSON(parsing: part.body), json.kind == .object else {
            return self.unreadableBody(now)
        }
        let plan: ImportPlan
        do throws(ImportPlan.Refusal) {
            plan = try ImportPlan(
                json,
                form,
                rowsMax: self.settings.bulk.importRowsMax,
                typeID: { self.typeID($0) },
                isUnique: { type, property in
                    self.place(of: type).map { self.tables[$0].isUnique(property) } ?? false
                }
            )
        } catch {
            return self.invalid(error.message, now)
        }
        let rows = plan.files.reduce(0) { $0 + $1.rows.count }
        let start = now + max(0, self.settings.bulk.importDelay)
        let span = Int64(rows / 1_000 + 1) * max(0, self.settings.bulk.importTimePerThousand)
        let job = ImportJob(
            id: self.imports.nextID(),
            name: plan.name,
            json: part.body,
            operations: plan.operations,
            files: plan.files,
            appID: appID,
            createdAt: now,
            startsAt: start,
            endsAt: start + span,
            makesList: plan.makesList
        )
        if self.imports.jobs.count >= max(1, self.settings.bulk.importsMax) {
            self.imports.jobs.removeFirst()
        }
        self.imports.jobs.append(job)
        var writer = JSONWriter()
        writer.object { Self.write(job, now, into: &$0) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private mutating func cancelImport(_ place: Int, _ now: Int64) -> HTTPResponse {
        let job = self.imports.jobs[place]
        guard job.finishedAt == nil else {
            let state = job.state(at: now)
            return self.invalid("An import in the state \(state) cannot be cancelled", now)
        }
        self.imports.jobs[place].isCancelled = true
        self.imports.jobs[place].finishedAt = now
        for file in job.files.indices { self.imports.jobs[place].files[file].rows = [] }
        var writer = JSONWriter()
        writer.object { root in
            root.member("status", "CANCELED")
            root.member("startedAt", ServerTime.iso(job.createdAt))
            root.member("completedAt", ServerTime.iso(now))
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    // MARK: - Showing

    private func showImports(_ target: HubSpotTarget, _ now: Int64) -> HTTPResponse {
        let limit = target.limit(10, max: 100)
        let after = target.parameter("after").flatMap { Int64($0) } ?? 0
        let rest = self.imports.jobs.filter { $0.id > after }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for job in rest.prefix(limit) {
                    list.object { Self.write(job, now, into: &$0) }
                }
            }
            if rest.count > limit { Self.paging(String(rest[limit - 1].id), into: &root) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func write(_ job: ImportJob, _ now: Int64, into item: inout JSONWriter) {
        item.member("id", String(job.id))
        item.member("state", job.state(at: now))
        item.member("importName", job.name)
        item.member("importSource", "API")
        item.member("optOutImport", false)
        item.name("mappedObjectTypeIds")
        item.array { list in
            for type in job.typeIDs where !type.isEmpty { list.string(type) }
        }
        item.member("createdAt", ServerTime.iso(job.createdAt))
        let steps = [job.createdAt, job.startsAt, job.finishedAt ?? job.createdAt]
        item.member("updatedAt", ServerTime.iso(steps.filter { $0 <= now }.max() ?? job.createdAt))
        item.name("metadata")
        item.object { metadata in
            metadata.name("counters")
            metadata.object { counters in
                for (name, count) in job.counters.sorted(by: { $0.key < $1.key }) {
                    counters.member(name, count)
                }
            }
            metadata.name("fileIds")
            metadata.array { list in
                for file in job.files { list.string(String(job.id * 100 + file.id)) }
            }
            metadata.name("objectLists")
            metadata.array { lists in
                guard let id = job.listID else { return }
                lists.object { list in
                    list.member("listId", id)
                    list.member("objectType", "CONTACT")
                }
            }
        }
        item.name("importRequestJson")
        item.raw(job.json)
    }

    private func importErrors(_ job: ImportJob, _ target: HubSpotTarget) -> HTTPResponse {
        let limit = target.limit(10, max: 100)
        let after = target.parameter("after").flatMap { Int64($0) } ?? 0
        let rest = job.problems.filter { $0.id > after }
        func isAsked(_ name: String) -> Bool { target.parameter(name)?.lowercased() == "true" }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for problem in rest.prefix(limit) {
                    list.object { item in
                        self.write(
                            problem,
                            of: job,
                            message: isAsked("includeErrorMessage"),
                            row: isAsked("includeRowData"),
                            into: &item
                        )
                    }
                }
            }
            if rest.count > limit { Self.paging(String(rest[limit - 1].id), into: &root) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func write(
        _ problem: ImportJob.Problem,
        of job: ImportJob,
        message: Bool,
        row: Bool,
        into item: inout JSONWriter
    ) {
        item.member("id", String(problem.id))
        item.member("createdAt", job.finishedAt ?? job.createdAt)
        item.member("errorType", problem.type)
        if let type = problem.objectTypeID {
            item.member("objectTypeId", type)
            let label = self.place(of: type).map { self.tables[$0].object.label }
            if let label { item.member("objectType", label) }
        }
        if let value = problem.value {
            item.member("invalidValue", value)
            item.member("invalidValueToDisplay", value)
        }
        if let column = problem.column { item.member("knownColumnNumber", column) }
        if message { item.member("errorMessage", problem.message) }
        item.name("sourceData")
        item.object { source in
            source.member("fileId", job.id * 100 + problem.fileID)
            source.member("lineNumber", problem.line)
            source.member("containsEncryptedProperties", false)
            source.name("rowData")
            source.array { list in
                for value in problem.row where row { list.string(value) }
            }
            source.name("additionalRowData")
            source.array { _ in }
        }
    }
}
