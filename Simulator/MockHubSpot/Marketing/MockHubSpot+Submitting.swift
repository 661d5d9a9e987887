import HTTPTransport
import WireJSON

/// What happens when somebody sends a form.
extension MockHubSpot {
    /// `POST …/submissions/v3/integration/[secure/]submit/{portalId}/{formId}`.
    mutating func submitForm(
        _ path: [String],
        _ request: HTTPRequest,
        isSigned: Bool,
        _ now: Int64
    ) -> HTTPResponse {
        var path = path[...]
        if path.first == "submit" { path = path.dropFirst() }
        guard request.method == .post else {
            return self.error(405, "Method not allowed", now: now)
        }
        guard path.count == 2, path.first.flatMap({ Int64($0) }) == self.settings.portalID,
            let form = self.marketing.forms.first(where: {
                $0.id == path.last && $0.archivedAt == nil
            })
        else { return self.error(404, "resource not found", now: now) }
        self.marketing.window.max = self.settings.marketing.submissionsPerTenSeconds
        guard isSigned || self.marketing.window.take(at: now) else {
            return self.error(429, "You have reached your ten_secondly_rolling limit.", now: now) {
                $0.member("errorType", "RATE_LIMIT")
                $0.member("policyName", "TEN_SECONDLY_ROLLING")
            }
        }
        guard let json = Self.body(request), let list = json["fields"]?.elements else {
            return self.unreadableBody(now)
        }
        let values = list.map { field in
            FormSubmission.Value(
                name: field["name"]?.string ?? "",
                value: field["value"].flatMap { $0.string ?? $0.numberText } ?? "",
                objectTypeID: field["objectTypeId"]?.string ?? "0-1"
            )
        }
        // What a token signs need not stand in the form's definition.
        let problems = self.problems(values, form, isClosed: !isSigned)
        guard problems.isEmpty else { return self.refusedForm(problems, now) }
        let submission = FormSubmission(
            id: self.marketing.uuid(at: now),
            at: json["submittedAt"]?.integer.flatMap { $0 > 0 && $0 <= now ? $0 : nil } ?? now,
            values: values,
            pageURL: json["context"]?["pageUri"]?.string ?? ""
        )
        self.take(submission, form, now)
        var writer = JSONWriter()
        writer.object { root in
            if let redirect = form.redirect {
                root.member("redirectUri", redirect)
            } else {
                root.member("inlineMessage", form.message)
            }
        }
        return HTTPResponse(status: 200, body: writer.bytes)
    }

    private func problems(
        _ values: [FormSubmission.Value],
        _ form: FormDefinition,
        isClosed: Bool
    ) -> [PropertyProblem] {
        let most = self.settings.marketing.fieldsMax
        guard values.count <= most else {
            return [
                PropertyProblem(
                    code: "MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED",
                    message: "Error in 'fields'. More than \(most) fields were submitted"
                )
            ]
        }
        var problems: [PropertyProblem] = []
        for field in form.fields where field.isRequired {
            guard !values.contains(where: { $0.name == field.name && !$0.value.isEmpty }) else {
                continue
            }
            problems.append(
                PropertyProblem(
                    code: "REQUIRED_FIELD",
                    message:
                        "Error in 'fields.\(field.name)'. Required field '\(field.name)' is missing"
                )
            )
        }
        let properties = self.tables[Self.contacts].object.properties
        for value in values {
            if isClosed, !form.fields.contains(where: { $0.name == value.name }) {
                problems.append(
                    PropertyProblem(
                        code: "FIELD_NOT_IN_FORM_DEFINITION",
                        message: "Error in 'fields.\(value.name)'. "
                            + "Field '\(value.name)' is not in the form definition"
                    )
                )
                continue
            }
            let property = properties.first { $0.name == value.name }
            guard value.objectTypeID == "0-1", let property,
                case .failure(let problem) = property.stored(value.value)
            else { continue }
            let codes = ["INVALID_EMAIL": "INVALID_EMAIL", "INVALID_INTEGER": "INVALID_NUMBER"]
            guard let code = codes[problem.code] else { continue }
            let kind = code == "INVALID_EMAIL" ? "email address" : "number"
            problems.append(
                PropertyProblem(
                    code: code,
                    message: "Error in 'fields.\(value.name)'. Invalid \(kind) '\(value.value)'"
                )
            )
        }
        return problems
    }

    private mutating func refusedForm(
        _ problems: [PropertyProblem],
        _ now: Int64
    ) -> HTTPResponse {
        self.error(400, "The request is not valid", now: now) { root in
            root.name("errors")
            root.array { list in
                for problem in problems {
                    list.object { item in
                        item.member("message", problem.message)
                        item.member("errorType", problem.code)
                    }
                }
            }
        }
    }

    /// Keeps a submission; the person of its address is made or changed.
    mutating func take(_ submission: FormSubmission, _ form: FormDefinition, _ now: Int64) {
        self.marketing.submissions[form.id, default: []].append(submission)
        let over =
            (self.marketing.submissions[form.id]?.count ?? 0)
            - max(1, self.settings.marketing.kept)
        if over > 0 { self.marketing.submissions[form.id]?.removeFirst(over) }
        let own = submission.values.filter { $0.objectTypeID == "0-1" && !$0.value.isEmpty }
        guard let email = own.first(where: { $0.name == "email" })?.value,
            let id = self.contact(
                email,
                own.map { ($0.name, $0.value) },
                MockHubSpotAuthor(sourceType: "FORM", sourceID: form.id),
                now
            )
        else { return }
        self.keepEvent(
            OccurredEvent(
                id: submission.id,
                eventType: "e_form_submission_v2",
                objectTypeID: "0-1",
                objectID: id,
                at: submission.at,
                properties: [
                    .init(name: "hs_form_id", value: form.id),
                    .init(name: "hs_form_type", value: "HUBSPOT"),
                    .init(name: "hs_url", value: submission.pageURL),
                ]
            )
        )
    }

    /// The contact of an address with these values; what its properties do not take is left out.
    mutating func contact(
        _ email: String,
        _ fields: [(String, String)],
        _ author: MockHubSpotAuthor,
        _ now: Int64
    ) -> Int64? {
        let properties = self.tables[Self.contacts].object.properties
        let fit = fields.filter { name, value in
            guard let property = properties.first(where: { $0.name == name }) else { return false }
            if case .failure = property.stored(value) { return false }
            return !property.isReadOnly
        }
        let known = self.tables[Self.contacts].id(of: email, by: "email")
        do throws(RecordTable.Refusal) {
            guard let known else {
                return try self.tables[Self.contacts].create(fit, author, now)
            }
            try self.tables[Self.contacts].update(known, fit, author, now)
            return known
        } catch {
            return nil
        }
    }
}
