import HTTPTransport

/// Which methods and bodies the known paths take.
extension HubSpotTarget {
    /// Whether the path is of the version that asks an administrator's rules of every write
    /// (HubSpot: CRM API write validation enforcement).
    var enforcesAdminRules: Bool { self.path.prefix(3).contains("2026-09") }

    /// The methods of the path: none where there is no such path, `nil` where another part of
    /// the mock knows.
    var methods: [HTTPMethod]? {
        let rest = Array(self.family.dropFirst())
        if self.isLegacyProperties { return [.get] }
        if self.dealSplitVerb != nil { return [.post] }
        switch self.family.first {
        case "objects": return Self.objects(rest)
        case "properties": return Self.properties(rest)
        case "owners": return rest.count < 2 ? [.get] : []
        case "pipelines": return Self.pipelines(rest)
        case "associations": return Self.associations(rest)
        case "lists": return Self.lists(rest)
        case "schemas": return Self.schemas(rest)
        case "crm-object-schemas": return Self.schemas(Array(rest.dropFirst()))
        case "account-info":
            let known = [["details"], ["api-usage", "daily", "private-apps"]]
            return known.contains(rest) ? [.get] : []
        case "limits": return Self.limits(rest)
        case "object-library":
            return rest.first == "enablement" && rest.count < 3 ? [.get] : []
        case "property-validations": return Self.validations(rest)
        case "settings": return Self.settings(rest.filter { !Self.versions.contains($0) })
        case "meta":
            let known = ["network-origins", "ip-ranges"]
            let plain = rest.filter { !Self.versions.contains($0) }
            return plain == known || plain == known + ["simple"] ? [.get] : []
        case "companies", "deals", "engagements", "crm-pipelines", "integrations": return [.get]
        case "contacts": return Self.oldContacts(rest)
        case .some, .none: return nil
        }
    }

    private static func objects(_ rest: [String]) -> [HTTPMethod] {
        let all = Self.anyObjects(rest)
        guard let name = rest.first, MockHubSpotObject.feedback.answers(to: name) else {
            return all
        }
        // Answers to surveys are only read.
        if rest.count > 3 { return all }
        switch (rest.count, rest.last) {
        case (1, _): return [.get]
        case (2, "search"?), (3, "read"?): return [.post]
        case (2, "merge"?), (2, "gdpr-delete"?), (3, _): return []
        default: return [.get]
        }
    }

    private static func anyObjects(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.count, rest.dropFirst().first) {
        case (0, _): return []
        case (1, _): return [.get, .post]
        case (2, "search"?), (2, "merge"?), (2, "gdpr-delete"?):
            return [.get, .post, .patch, .delete]
        case (2, _): return [.get, .patch, .delete]
        case (3, "batch"?):
            let verbs = ["read", "create", "update", "upsert", "archive"]
            return verbs.contains(rest[2]) ? [.post] : []
        default: break
        }
        guard rest.count > 3, rest[2] == "associations" else { return [] }
        switch rest.count {
        case 4: return [.get]
        case 5: return [.put, .delete]
        case 6: return rest[3] == "default" ? [.put] : [.put, .delete]
        default: return []
        }
    }

    private static func properties(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.count, rest.dropFirst().first) {
        case (1, _), (2, "groups"?): return [.get, .post]
        case (2, _), (3, "groups"?): return [.get, .patch, .delete]
        case (3, "batch"?): return ["create", "read", "archive"].contains(rest[2]) ? [.post] : []
        default: return []
        }
    }

    private static func pipelines(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.count, rest.dropFirst(2).first) {
        case (1, _), (3, "stages"?): [.get, .post]
        case (2, _), (4, "stages"?): [.get, .put, .patch, .delete]
        default: []
        }
    }

    private static func associations(_ rest: [String]) -> [HTTPMethod] {
        if rest.starts(with: ["definitions", "configurations"]) {
            switch (rest.count, rest.dropFirst(4).first) {
            case (3, _): return rest[2] == "all" ? [.get] : []
            case (4, _): return [.get]
            case (6, "batch"?):
                return ["create", "update", "purge"].contains(rest[5]) ? [.post] : []
            default: return []
            }
        }
        let action = rest.dropFirst(2).joined(separator: "/")
        switch action {
        case "labels": return [.get, .post, .put]
        case "types": return [.get]
        case "batch/read", "batch/create", "batch/archive", "batch/labels/archive",
            "batch/associate/default":
            return [.post]
        default: return rest.count == 4 && rest[2] == "labels" ? [.delete] : []
        }
    }

    /// Contacts of the first version.
    private static func oldContacts(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.first, rest.count) {
        case ("contact"?, 1): [.post]
        case ("contact"?, 3):
            switch rest[1] {
            case "vids": rest[2] == "batch" ? [.get] : []
            case "vid": [.delete]
            case "merge-vids": [.post]
            default: []
            }
        case ("contact"?, 4):
            switch rest[1] {
            case "createOrUpdate": rest[2] == "email" ? [.post] : []
            case "vid", "email": rest[3] == "profile" ? [.get, .post] : []
            default: []
            }
        case ("lists"?, 4):
            rest[2] == "contacts" && ["all", "recent"].contains(rest[3]) ? [.get] : []
        case ("search"?, 2): rest[1] == "query" ? [.get] : []
        default: []
        }
    }

    private static func lists(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.first, rest.count) {
        case (nil, _): return [.get, .post]
        case ("search"?, 1): return [.post]
        case ("folders"?, 1): return [.get, .post]
        case ("folders"?, 2): return rest[1] == "move-list" ? [.put] : [.delete]
        case ("folders"?, 3): return rest[2] == "rename" ? [.put] : []
        case ("folders"?, 4): return rest[2] == "move" ? [.put] : []
        case ("records"?, 4) where rest[3] == "memberships": return [.get]
        case ("records"?, 4):
            return Array(rest.dropFirst()) == ["memberships", "batch", "read"] ? [.post] : []
        case ("object-type-id"?, 4): return rest[2] == "name" ? [.get] : []
        case (_, 1): return [.get, .delete]
        default: break
        }
        switch rest.dropFirst().joined(separator: "/") {
        case "restore", "update-list-name", "update-list-filters", "memberships/add",
            "memberships/remove", "memberships/add-and-remove":
            return [.put]
        case "memberships": return [.get, .delete]
        case "memberships/join-order": return [.get]
        default:
            return rest.count == 4 && rest[1] == "memberships" && rest[2] == "add-from"
                ? [.put] : []
        }
    }

    private static func schemas(_ rest: [String]) -> [HTTPMethod] {
        switch (rest.count, rest.dropFirst().first) {
        case (0, _): [.get, .post]
        case (1, _): [.get, .patch, .delete]
        case (2, "read"?): rest[0] == "batch" ? [.post] : []
        case (2, "associations"?): [.post]
        case (2, "purge"?), (3, "associations"?): [.delete]
        default: []
        }
    }

    private static func limits(_ rest: [String]) -> [HTTPMethod] {
        let plain = [
            "records", "pipelines", "custom-properties", "calculated-properties",
            "custom-object-types",
        ]
        switch (rest.first, rest.count) {
        case (let name?, 1): return plain.contains(name) ? [.get] : []
        case ("associations"?, 2): return rest[1] == "labels" ? [.get] : []
        case ("associations"?, 3):
            return rest[1] == "records" && rest[2] == "from" ? [.get] : []
        case ("associations"?, 4): return rest[1] == "records" ? [.get] : []
        default: return []
        }
    }

    private static func validations(_ rest: [String]) -> [HTTPMethod] {
        switch rest.count {
        case 1, 2: [.get]
        case 4: rest[2] == "rule-type" ? [.put] : []
        default: []
        }
    }

    private static func settings(_ rest: [String]) -> [HTTPMethod]? {
        switch rest.first {
        case "currencies":
            let known = [
                ["codes"], ["company-currency"], ["exchange-rates"], ["exchange-rates", "current"],
                ["central-fx-rates", "information"],
            ]
            return known.contains(Array(rest.dropFirst())) ? [.get] : []
        case "users":
            switch rest.count {
            case 1: return [.get, .post]
            case 2: return ["teams", "roles"].contains(rest[1]) ? [.get] : [.get, .put, .delete]
            default: return []
            }
        case .some, .none: return nil
        }
    }

    // MARK: - Bodies

    /// What the body must look like; `nil` where none is read.
    func shape(_ method: HTTPMethod) -> BodyShape? {
        guard method != .get, method != .delete else { return nil }
        let rest = Array(self.family.dropFirst())
        switch self.family.first {
        case "objects": return Self.objectShape(rest, method)
        case "properties", "associations":
            return rest.contains("batch") ? .inputs : .object
        case "pipelines", "contacts": return .object
        case "lists":
            switch rest.last {
            case "add" where rest.count == 3, "remove" where rest.count == 3: return .array
            case "read" where rest.first == "records": return .inputs
            case "restore", "update-list-name", "rename": return nil
            default: return rest.contains("add-from") || rest.contains("move") ? nil : .object
            }
        case "schemas", "crm-object-schemas":
            return self.path.suffix(2) == ["batch", "read"] ? .inputs : .object
        case "property-validations", "settings": return .object
        case .some, .none: return nil
        }
    }

    private static func objectShape(_ rest: [String], _ method: HTTPMethod) -> BodyShape? {
        if rest.count > 3 {
            return rest.count == 5 && method == .put ? .array : nil
        }
        switch (rest.count, rest.dropFirst().first, method) {
        case (2, "search"?, .post): return .search
        case (2, "merge"?, .post), (2, "gdpr-delete"?, .post): return .object
        case (3, "batch"?, _): return .inputs
        default: return .record
        }
    }
}
