import HTTPTransport
import WireJSON

/// What a refused write of a record is answered.
extension MockHubSpot {
    /// One input's refusal, in the reply to a batch.
    func write(
        _ place: Int,
        _ refusal: RecordTable.Refusal,
        trace: String?,
        into item: inout JSONWriter
    ) {
        let refusal = self.worded(refusal, place)
        var context: [(name: String, values: [String])] = []
        item.member("status", "error")
        switch refusal {
        case .conflict(let id):
            item.member("category", "CONFLICT")
            item.member("message", self.exists(place) + ". Existing ID: \(id)")
            context = [("existingId", [String(id)])]
        case .invalid(let problems):
            item.member("category", "VALIDATION_ERROR")
            item.member("message", Self.text(of: problems))
            Self.write(problems, into: &item)
        case .objection(let objection):
            item.member("category", "VALIDATION_ERROR")
            item.member("message", objection.message)
            context = objection.context
        case .missing, .taken:
            item.member("category", "OBJECT_NOT_FOUND")
            item.member("message", "resource not found")
        }
        Self.write((trace.map { [("objectWriteTraceId", [$0])] } ?? []) + context, into: &item)
    }

    /// The reply to a single write, or to a batch that is refused whole.
    mutating func refused(
        _ place: Int,
        _ refusal: RecordTable.Refusal,
        _ now: Int64,
        isWhole: Bool = false
    ) -> HTTPResponse {
        switch self.worded(refusal, place) {
        case .conflict(let id):
            let text = self.exists(place) + (isWhole ? "" : ". Existing ID: \(id)")
            return self.error(409, text, category: "CONFLICT", now: now)
        case .missing, .taken: return self.error(404, "resource not found", now: now)
        case .invalid(let problems):
            return self.error(
                400,
                Self.text(of: problems),
                category: "VALIDATION_ERROR",
                now: now
            ) { Self.write(problems, into: &$0) }
        case .objection(let objection): return self.refused(objection, now)
        }
    }

    /// A refusal with what it names.
    mutating func refused(_ objection: RecordObjection, _ now: Int64) -> HTTPResponse {
        self.error(400, objection.message, category: "VALIDATION_ERROR", now: now) { root in
            if !objection.context.isEmpty { Self.write(objection.context, into: &root) }
        }
    }

    /// A unique value that is taken, as the settings have it said.
    private func worded(_ refusal: RecordTable.Refusal, _ place: Int) -> RecordTable.Refusal {
        guard case .taken(let conflict) = refusal else { return refusal }
        let object = self.tables[place].object
        let text = conflict.message(portal: self.settings.portalID, object)
        switch self.settings.uniqueConflicts {
        case .conflict: return .conflict(conflict.holder)
        case .coded: return .invalid([(conflict.property, "CONFLICTING_UNIQUE_VALUE", text)])
        case .coordinates:
            return .objection(RecordObjection(code: "CONFLICTING_UNIQUE_VALUE", message: text))
        }
    }

    private static func write(
        _ context: [(name: String, values: [String])],
        into item: inout JSONWriter
    ) {
        item.name("context")
        item.object { root in
            for (name, values) in context {
                root.name(name)
                root.array { list in for value in values { list.string(value) } }
            }
        }
    }

    /// All problems stand in the text once more, as JSON.
    private static func text(
        of problems: [(property: String, code: String, message: String)]
    ) -> String {
        var writer = JSONWriter()
        Self.write(results: problems, into: &writer)
        let json = String(decoding: writer.bytes, as: UTF8.self)
        return "Property values were not valid: " + json
    }

    /// The list of what is wrong with values, in the form of HubSpot's oldest replies.
    static func write(
        results problems: [(property: String, code: String, message: String)],
        into writer: inout JSONWriter
    ) {
        writer.array { list in
            for problem in problems {
                list.object { item in
                    item.member("isValid", false)
                    item.member("message", problem.message)
                    item.member("error", problem.code)
                    item.member("name", problem.property)
                }
            }
        }
    }

    private static func write(
        _ problems: [(property: String, code: String, message: String)],
        into item: inout JSONWriter
    ) {
        item.name("errors")
        item.array { list in
            for problem in problems {
                list.object { error in
                    error.member("message", problem.message)
                    error.member("code", problem.code)
                    error.name("context")
                    error.object { context in
                        context.name("propertyName")
                        context.array { $0.string(problem.property) }
                    }
                }
            }
        }
    }

    /// `Contact already exists`, with the object's own name.
    private func exists(_ place: Int) -> String {
        let label = self.tables[place].object.label
        return label.prefix(1) + label.dropFirst().lowercased() + " already exists"
    }
}
