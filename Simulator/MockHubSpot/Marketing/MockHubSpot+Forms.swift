import HTTPTransport
import WireJSON

/// Forms and what was sent with them.
extension MockHubSpot {
    /// `/marketing/{version}/forms/…`.
    mutating func formRoute(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        switch (request.method, path.count) {
        case (.get, 0): return self.showForms(target)
        case (.post, 0): return self.makeForm(request, now)
        default: break
        }
        guard path.count == 1,
            let place = self.marketing.forms.firstIndex(where: { $0.id == path[0] })
        else { return self.error(404, "resource not found", now: now) }
        let isArchived = self.marketing.forms[place].archivedAt != nil
        guard isArchived == target.isArchived || request.method == .delete else {
            return self.error(404, "resource not found", now: now)
        }
        switch request.method {
        case .get: break
        case .delete:
            if !isArchived { self.marketing.forms[place].archivedAt = now }
            return HTTPResponse(status: 204)
        case .patch, .put:
            guard let json = Self.body(request), json.kind == .object else {
                return self.unreadableBody(now)
            }
            if request.method == .put, let missing = Self.missing(json) {
                return self.invalid("\(missing) is required", now)
            }
            self.marketing.forms[place].adopt(json)
            self.marketing.forms[place].updatedAt = now
        case .post: return self.error(405, "Method not allowed", now: now)
        }
        var writer = JSONWriter()
        writer.object { Self.write(self.marketing.forms[place], into: &$0) }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func missing(_ json: JSON) -> String? {
        let required = ["name", "formType"] + FormDefinition.parts
        return required.first { json[$0]?.isNull ?? true }
    }

    private mutating func makeForm(_ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard let json = Self.body(request), json.kind == .object else {
            return self.unreadableBody(now)
        }
        if let missing = Self.missing(json) { return self.invalid("\(missing) is required", now) }
        guard json["formType"]?.string == "hubspot" else {
            return self.invalid("formType must be hubspot", now)
        }
        var form = FormDefinition(
            id: self.marketing.uuid(at: now),
            name: "",
            fields: [],
            texts: [:],
            message: "",
            createdAt: now,
            updatedAt: now
        )
        form.adopt(json)
        let known = Set(self.tables[Self.contacts].object.properties.map(\.name))
        let unknown = form.fields.first { $0.objectTypeID == "0-1" && !known.contains($0.name) }
        if let unknown {
            return self.invalid("Property \"\(unknown.name)\" does not exist", now)
        }
        guard self.marketing.forms.count < self.settings.marketing.formsMax else {
            return self.invalid("The account has its most forms", now)
        }
        self.marketing.forms.append(form)
        var writer = JSONWriter()
        writer.object { Self.write(form, into: &$0) }
        return HTTPResponse(status: 201, body: writer.bytes)
    }

    private func showForms(_ target: HubSpotTarget) -> HTTPResponse {
        let limit = target.limit(20, max: 500)
        let offset = max(0, target.parameter("after").flatMap { Int($0) } ?? 0)
        let all = self.marketing.forms.filter { ($0.archivedAt != nil) == target.isArchived }
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for form in all.dropFirst(offset).prefix(limit) {
                    list.object { Self.write(form, into: &$0) }
                }
            }
            if offset < all.count, limit < all.count - offset {
                Self.paging(String(offset + limit), into: &root)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func write(_ form: FormDefinition, into item: inout JSONWriter) {
        item.member("id", form.id)
        item.member("formType", "hubspot")
        item.member("name", form.name)
        item.member("createdAt", ServerTime.iso(form.createdAt))
        item.member("updatedAt", ServerTime.iso(form.updatedAt))
        item.member("archived", form.archivedAt != nil)
        if let time = form.archivedAt { item.member("archivedAt", ServerTime.iso(time)) }
        for part in FormDefinition.parts {
            guard let text = form.texts[part] else { continue }
            item.name(part)
            item.raw(text)
        }
    }

    /// `GET /forms/v2/forms`, which tools still call (tap-hubspot 4.5).
    mutating func oldForms(_ path: [String], _ request: HTTPRequest, _ now: Int64) -> HTTPResponse {
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        let shown = self.marketing.forms.filter {
            $0.archivedAt == nil && (path.isEmpty || $0.id == path[0])
        }
        guard path.isEmpty || shown.count == 1 else {
            return self.error(404, "resource not found", now: now)
        }
        var writer = JSONWriter()
        if path.isEmpty {
            writer.array { list in
                for form in shown { list.object { self.writeOld(form, into: &$0) } }
            }
        } else {
            writer.object { self.writeOld(shown[0], into: &$0) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func writeOld(_ form: FormDefinition, into item: inout JSONWriter) {
        item.member("portalId", self.settings.portalID)
        item.member("guid", form.id)
        item.member("name", form.name)
        item.member("formType", "HUBSPOT")
        item.member("createdAt", form.createdAt)
        item.member("updatedAt", form.updatedAt)
        item.member("deletable", true)
        item.name("formFieldGroups")
        item.array { groups in
            groups.object { group in
                group.name("fields")
                group.array { list in
                    for field in form.fields {
                        list.object { item in
                            item.member("name", field.name)
                            item.member("label", field.name)
                            item.member("type", "string")
                            item.member("fieldType", "text")
                            item.member("required", field.isRequired)
                        }
                    }
                }
            }
        }
    }

    // MARK: - Submissions

    /// `GET /form-integrations/v1/submissions/forms/{id}`: the newest first.
    mutating func submissionRoute(
        _ path: [String],
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ now: Int64
    ) -> HTTPResponse {
        guard request.method == .get else { return self.error(405, "Method not allowed", now: now) }
        guard path.count == 2, path[0] == "forms",
            self.marketing.forms.contains(where: { $0.id == path[1] })
        else { return self.error(404, "resource not found", now: now) }
        let all = self.marketing.submissions[path[1]] ?? []
        let limit = target.limit(20, max: 50)
        // New ones come before the page: the cursor counts from the oldest.
        let end = target.parameter("after").flatMap { Int($0) } ?? all.count
        let rest = all.prefix(max(0, min(end, all.count)))
        var writer = JSONWriter()
        writer.object { root in
            root.name("results")
            root.array { list in
                for submission in rest.suffix(limit).reversed() {
                    list.object { Self.write(submission, into: &$0) }
                }
            }
            if rest.count > limit { Self.paging(String(rest.count - limit), into: &root) }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private static func write(_ submission: FormSubmission, into item: inout JSONWriter) {
        item.member("conversionId", submission.id)
        item.member("submittedAt", submission.at)
        item.name("values")
        item.array { list in
            for value in submission.values {
                list.object { item in
                    item.member("name", value.name)
                    item.member("value", value.value)
                    item.member("objectTypeId", value.objectTypeID)
                }
            }
        }
        item.member("pageUrl", submission.pageURL)
    }
}
