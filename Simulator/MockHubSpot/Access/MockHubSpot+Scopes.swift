import HTTPTransport
import WireJSON

/// What an app must have been granted, and what its user may do.
///
/// The scopes are those of the `security` of each OpenAPI file, as far as an account of this mock
/// can need them; every app has `oauth`.
extension MockHubSpot {
    /// What token information shows for an app that declares nothing.
    static let knownScopes =
        ["oauth", "tickets", "sales-email-read", "e-commerce", "crm.lists.read", "crm.lists.write"]
        + [
            "contacts", "companies", "deals", "leads", "custom", "line_items", "products", "users",
            "quotes",
        ]
        .flatMap { ["crm.objects.\($0).read", "crm.objects.\($0).write"] }
        + ["crm.objects.owners.read"]
        + ["contacts", "companies", "deals", "custom"]
        .flatMap { ["crm.schemas.\($0).read", "crm.schemas.\($0).write"] }
        + ["settings.currencies.read", "settings.users.read"]

    /// The 403 of a request that the token does not allow, if any.
    mutating func missingScopes(
        _ target: HubSpotTarget,
        _ request: HTTPRequest,
        _ endpoint: MockHubSpotEndpoint,
        _ session: AccessSession,
        _ now: Int64
    ) -> HTTPResponse? {
        guard self.settings.checksScopes else { return nil }
        if let granted = session.scopes {
            let groups = self.requiredScopes(target, request.method, endpoint)
            if let missing = groups.first(where: { Set($0).isDisjoint(with: granted) }) {
                return self.scopeError(missing, now)
            }
        }
        let app = self.settings.apps[session.app]
        if !app.hiddenObjects.isEmpty {
            let hidden = self.objects(target).first { app.hiddenObjects.contains($0.name) }
            if let hidden {
                let text = "You do not have permissions to view object type \(hidden.label)."
                return self.error(403, text, category: "FORBIDDEN", now: now)
            }
        }
        if !app.mayEditAssociations, app.isOAuth, endpoint == .associationWrite,
            target.enforcesAdminRules
        {
            let text = "You do not have permissions to edit associations."
            return self.error(403, text, category: "FORBIDDEN", now: now)
        }
        return nil
    }

    private mutating func scopeError(_ scopes: [String], _ now: Int64) -> HTTPResponse {
        let page = "https://developers.hubspot.com/scopes"
        return self.error(
            403,
            "This app hasn't been granted all required scopes to make this call. "
                + "Read more about required scopes here: \(page).",
            category: "MISSING_SCOPES",
            now: now
        ) { root in
            root.name("errors")
            root.array { errors in
                errors.object { error in
                    error.member(
                        "message",
                        "One or more of the following scopes are required."
                    )
                    error.name("context")
                    error.object { Self.write("requiredGranularScopes", scopes, into: &$0) }
                }
            }
            root.name("links")
            root.object { $0.member("scopes", page) }
        }
    }

    /// Groups of scopes: of each group one is needed.
    private func requiredScopes(
        _ target: HubSpotTarget,
        _ method: HTTPMethod,
        _ endpoint: MockHubSpotEndpoint
    ) -> [[String]] {
        let isRead =
            method == .get || target.path.last == "search"
            || target.path.suffix(2) == ["batch", "read"]
        let verb = isRead ? "read" : "write"
        let family = target.family
        if target.dealSplitVerb != nil { return [["crm.dealsplits.read_write"]] }
        switch family.first {
        case "objects", "pipelines", "associations", "companies", "contacts", "deals",
            "engagements", "crm-pipelines":
            return self.objects(target).flatMap { Self.scopes($0, verb) }
        case "properties":
            guard let object = self.objects(target).first else { return [] }
            return [Self.schemaScopes(object, verb)]
        case "schemas", "crm-object-schemas":
            guard let object = self.objects(target).first else {
                return [["crm.schemas.custom.\(verb)"]]
            }
            return [Self.schemaScopes(object, verb)]
        case "owners": return [["crm.objects.owners.read"]]
        case "lists": return [["crm.lists.\(verb)"]]
        case "imports": return [["crm.import"]]
        case "exports": return [["crm.export"]]
        case "limits", "object-library", "property-validations": return [Self.anyObject]
        case "settings" where family.contains("currencies"):
            return [["settings.currencies.\(verb)"]]
        case "settings" where family.last == "teams": return [["settings.users.teams.read"]]
        case "settings" where family.contains("users"):
            return [["crm.objects.users.\(verb)", "settings.users.\(verb)"]]
        case .some, .none: return []
        }
    }

    /// Any scope of any object does for what is about the account's data as a whole.
    private static let anyObject = Self.knownScopes.filter {
        $0.hasPrefix("crm.objects.") || $0 == "tickets" || $0 == "e-commerce"
    }

    /// The object types that a path names; the calls of associations name two.
    private func objects(_ target: HubSpotTarget) -> [MockHubSpotObject] {
        let path = target.family
        let names: [String]
        switch path.first {
        case "objects":
            let object = target.objectPath
            names = [object.first].compactMap(\.self) + Self.otherSide(object)
        case "associations":
            let rest = path.dropFirst().filter { $0 != "definitions" && $0 != "configurations" }
            names = Array(rest.prefix(2))
        case "properties" where target.isLegacyProperties:
            names = Array(target.path.dropFirst(2).prefix(1))
        case "properties", "pipelines": names = Array(path.dropFirst().prefix(1))
        case "schemas", "crm-object-schemas":
            names = Array(path.filter { $0 != path.first && $0 != "schemas" }.prefix(1))
        case "crm-pipelines": names = Array(path.dropFirst(2).prefix(1))
        case "companies", "contacts", "deals": names = [path[0]]
        case "engagements": names = ["contacts"]
        case .some, .none: names = []
        }
        return names.compactMap { self.place(of: $0) }.map { self.tables[$0].object }
    }

    /// `{type}/{id}/associations/[default/]{type}`.
    private static func otherSide(_ path: [String]) -> [String] {
        guard path.count > 3, path[2] == "associations" else { return [] }
        return [path.count == 6 && path[3] == "default" ? path[4] : path[3]]
    }

    private static func scopes(_ object: MockHubSpotObject, _ verb: String) -> [[String]] {
        let own = "crm.objects.\(object.scopeName).\(verb)"
        switch object.name {
        case "tickets": return [["tickets"]]
        case "emails": return [[own], ["sales-email-read"]]
        case "products", "line_items": return [[own, "e-commerce"]]
        case "deal_splits": return [["crm.dealsplits.read_write", "crm.objects.deals.\(verb)"]]
        default: return [[own]]
        }
    }

    /// Definitions may be read by who may read the records.
    private static func schemaScopes(_ object: MockHubSpotObject, _ verb: String) -> [String] {
        let schema = "crm.schemas.\(object.scopeName).\(verb)"
        guard verb == "read" else {
            return object.name == "tickets" ? ["tickets"] : [schema]
        }
        return [schema] + (Self.scopes(object, "read").first ?? [])
    }
}
